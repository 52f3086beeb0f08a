/** Runs one of liquidjs's generators to its end. Ours never wait for a promise. */
export function runSync(generator: Generator<unknown, unknown, unknown>): unknown {
  let step = generator.next();
  while (!step.done) {
    const inner: unknown = step.value;
    const value = isGenerator(inner) ? runSync(inner) : inner;
    step = generator.next(value);
  }
  return step.value;
}

function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function';
}
