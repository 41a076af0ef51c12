export const runStates = ['ready', 'running', 'completed', 'failed', 'canceled'] as const
export type RunState = (typeof runStates)[number]
