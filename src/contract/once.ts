/** Returns a function that makes a value at its first call, and returns the same one at all others. */
export function once<T extends object | string>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
