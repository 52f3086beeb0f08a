/** How often to try, and the pause between two attempts in milliseconds: eight seconds in all, more than a busy machine needs. */
const ROUNDS = 400;
const PAUSE = 20;

/** Waits until an assertion holds, for things that happen over real sockets. Fails with the error of the last attempt. */
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
