/** A value that `JSON.parse(JSON.stringify(x))` does not change. Everything in a session or a store is of this type. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
/** The variables of a frame, by name. */
export type Vars = Readonly<Record<string, Json>>;
