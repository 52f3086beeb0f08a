/** What a label may look like: codes, and names and ids of configured things; never a text. */
const PLAIN = /^[\w./:-]{0,64}$/;

/**
 * Returns a function that keeps the first `max` different values of a label. Later ones, and those of another form, become `other`, so that
 * nobody outside can add series.
 */
export function boundedLabel(max: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= max || !PLAIN.test(value)) return 'other';
    known.add(value);
    return value;
  };
}
