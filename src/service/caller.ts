/** Who asks, and when: a request takes the moment once. */
export interface Caller {
  readonly accountId: number
  /** The simulation clock in epoch milliseconds. */
  readonly now: number
}
