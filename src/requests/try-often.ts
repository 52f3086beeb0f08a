import { CallError, type OutboundAnswer, type OutboundAsk, type ServiceTools } from '../contract/index.js';

/** Makes a request, and repeats it after no answer, 429 or 5xx. Returns the last answer, whatever its status. */
export async function tryOften(
  ask: OutboundAsk,
  retries: number,
  { request, pause }: Pick<ServiceTools, 'request' | 'pause'>,
): Promise<OutboundAnswer> {
  for (let left = retries; ; left -= 1) {
    let wait = pauseAfter(retries - left);
    try {
      const answer = await request(ask);
      if (left === 0 || (answer.status !== 429 && answer.status < 500)) return answer;
      wait = requestedPause(answer) ?? wait;
    } catch (error) {
      if (left === 0 || !(error instanceof CallError && error.retryable)) throw error;
    }
    await pause(wait);
  }
}

/** Returns half a second, doubled for each further try, at most eight seconds. */
function pauseAfter(tries: number): number {
  return Math.min(500 * 2 ** tries, 8_000);
}

function requestedPause({ headers }: OutboundAnswer): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return seconds >= 0 && seconds <= 8 ? seconds * 1_000 : undefined;
}
