/** A page of a list, oldest first. `after` is the key of the last item of the previous page (session id, flow code, …). */
export interface PageQuery {
  readonly after?: string;
  readonly limit: number;
}
