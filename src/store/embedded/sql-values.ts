/** What a statement may be given. Booleans are not allowed: libsql aborts the whole process on one. */
export type SqlValue = string | number | bigint | null | Buffer;
export type Row = Readonly<Record<string, SqlValue>>;

const NUL = '\u0000';
/** Escapes NUL as `\u00010` and itself as `\u00011`. JSON has neither character unescaped, so only ids of others may need it. */
const ESCAPE = '\u0001';

/**
 * Returns values as libsql can bind them: texts with NUL are escaped.
 *
 * @throws TypeError if the number of values is wrong, or one of them is of a type that SQLite does not have.
 */
export function boundValues(sql: string, values: readonly SqlValue[], count: number): readonly SqlValue[] {
  // libsql takes a first value that is an object for names and values, and aborts the process.
  if (Buffer.isBuffer(values[0])) throw new TypeError(`the first value must not be bytes: ${sql}`);
  if (values.length !== count) throw new TypeError(`${values.length} values for ${count} parameters: ${sql}`);
  let isPlain = true;
  for (const value of values) {
    if (!isBindable(value)) throw new TypeError(`not a value for SQLite (${describe(value)}): ${sql}`);
    if (typeof value === 'string' && (value.includes(NUL) || value.includes(ESCAPE))) isPlain = false;
  }
  return isPlain ? values : values.map((value) => (typeof value === 'string' ? escaped(value) : value));
}

/** Returns a row with the values as they were bound: libsql gives bytes as an `ArrayBuffer`. */
export function readRow(row: Row): Row {
  for (const value of Object.values(row)) {
    const isChanged = typeof value === 'string' ? value.includes(ESCAPE) : typeof value === 'object' && value !== null;
    if (isChanged) return Object.fromEntries(Object.entries(row).map(([key, one]) => [key, readValue(one)]));
  }
  return row;
}

function readValue(value: SqlValue | ArrayBuffer): SqlValue {
  if (typeof value === 'string') return unescaped(value);
  return value instanceof ArrayBuffer ? Buffer.from(value) : value;
}

function isBindable(value: unknown): boolean {
  return typeof value === 'string' || value === null || typeof value === 'bigint' || Buffer.isBuffer(value) || Number.isFinite(value);
}

function describe(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value;
}

function escaped(text: string): string {
  return text.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll(NUL, `${ESCAPE}0`);
}

function unescaped(text: string): string {
  return text.replaceAll(`${ESCAPE}0`, NUL).replaceAll(`${ESCAPE}1`, ESCAPE);
}
