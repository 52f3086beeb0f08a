/** A text of one character up to `most`; code points are counted. */
export function isText(value: unknown, most = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value.length > 0 && [...value].length <= most;
}

export function isUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
