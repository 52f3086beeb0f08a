/** A request to the provider. */
export interface ProviderRequest {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A reply to a request, or why there is none. */
export type ProviderReply =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  /**
   * `unreachable`: there was no connection, so the request was not taken. `lost`: the request was sent, and no complete reply came within
   * the deadline; `status` is set if that part came.
   */
  | { readonly failed: 'unreachable' | 'lost'; readonly detail: string; readonly status?: number };
