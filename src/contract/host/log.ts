/** Writes structured log lines. They contain ids and codes, never a secret or the text of a message. */
export interface Log {
  debug(fields: LogFields, words: string): void;
  info(fields: LogFields, words: string): void;
  warn(fields: LogFields, words: string): void;
  error(fields: LogFields, words: string): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes nothing. For parts that are used without a host. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
