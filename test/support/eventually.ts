/** How often to look, and how long to wait between two looks, in milliseconds: eight seconds in all, more than a busy machine needs. */
const ROUNDS = 400;
const PAUSE = 20;

/** Waits until an assertion holds, for what happens over real sockets; fails with the assertion's own words when it never does. */
export async function eventually(holds: () => unknown): Promise<void> {
  let last: unknown;
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      await holds();
      return;
    } catch (error) {
      last = error;
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
  throw last;
}
