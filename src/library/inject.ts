/** A request for `emulator.inject`. */
export interface InjectedRequest {
  readonly method?: 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT'
  /** Path and query, such as `/api/v1/jobs?limit=10`. */
  readonly url: string
  readonly headers?: Record<string, string | string[]>
  /** An object is sent as JSON. */
  readonly payload?: string | object
  /** Alias of `payload`. */
  readonly body?: string | object
}

/** The response to an injected request, as it would be on the wire. */
export interface InjectedResponse {
  readonly statusCode: number
  readonly statusMessage: string
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>
  readonly body: string
  /** Alias of `body`. */
  readonly payload: string
  readonly rawPayload: Uint8Array
  /** The body parsed as JSON; throws a SyntaxError for other text. */
  // biome-ignore lint/suspicious/noExplicitAny: as JSON.parse returns it; the caller knows the operation
  json<T = any>(): T
}
