/** The longest wait that setTimeout takes. After a longer one it would fire at once. */
const MAX_WAIT = 2_147_483_647;
/** A timer that fires this much later than it was set for did so because the process stood still, in milliseconds. */
const LATE = 1_000;
/** How long the sockets are read before a late timer counts, in milliseconds. */
const READING = 50;

/**
 * Calls once, `millis` from now by the machine's time. Never keeps the process alive. A wait of more than 24 days ends after 24 days.
 *
 * If the process stood still meanwhile (paused, or too busy), what has arrived in its sockets is read first, so that a timeout does not win
 * over an answer that was in time.
 *
 * @returns a function that cancels the call.
 */
export function startTimer(millis: number, call: () => void): () => void {
  const wait = Math.min(Math.max(0, millis), MAX_WAIT);
  const due = performance.now() + wait;
  let timer = setTimeout(() => {
    if (performance.now() - due < LATE) call();
    else timer = setTimeout(call, READING).unref();
  }, wait).unref();
  return () => clearTimeout(timer);
}
