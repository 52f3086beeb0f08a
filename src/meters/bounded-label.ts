/** What a label may look like: codes, names and ids of configured things; never a text. */
const PLAIN = /^[\w./:-]{0,64}$/;

/** Lets the first so many different values by; what is of another form or comes later is `other`, so that nobody outside can grow the series. */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most || !PLAIN.test(value)) return 'other';
    known.add(value);
    return value;
  };
}
