/** What survives `JSON.parse(JSON.stringify(x))` unchanged. Everything kept in a session or sent to a store is of this kind. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
/** The variables of a frame, by name. */
export type Vars = Readonly<Record<string, Json>>;
