/** Structured lines: ids and codes, never a secret, never a message text. */
export interface Log {
  debug(fields: LogFields, words: string): void;
  info(fields: LogFields, words: string): void;
  warn(fields: LogFields, words: string): void;
  error(fields: LogFields, words: string): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** Says nothing; for parts that are used without a host. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
