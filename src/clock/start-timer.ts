/** setTimeout takes no more; whoever waits longer looks again then. */
const LONGEST = 2_147_483_647;
/** A timer that fires so much later than it was set for did so because the process stood still, in milliseconds. */
const LATE = 1_000;
/** So long is what has come meanwhile read before the timer counts, in milliseconds. */
const READING = 50;

/**
 * Calls once, `millis` from now by the machine's time; the answer cancels it. Never keeps the process alive. Where the process stood still
 * meanwhile (paused, or too busy), what lies in its sockets is read first: a time-out is not to win over an answer that was in time.
 */
export function startTimer(millis: number, call: () => void): () => void {
  const wait = Math.min(Math.max(0, millis), LONGEST);
  const due = performance.now() + wait;
  let timer = setTimeout(() => {
    if (performance.now() - due < LATE) call();
    else timer = setTimeout(call, READING).unref();
  }, wait).unref();
  return () => clearTimeout(timer);
}
