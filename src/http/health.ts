import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { Degradation } from '../published/find-degraded.js';
import { answerJson, answerProblem, problemDetails } from './problem-answer.js';

export interface HealthParts {
  readonly store: Pick<Store, 'ping'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Finds published flows that cannot run on this host. */
  readonly degradation: () => Promise<Degradation>;
}

/** How long the result of a check of the store is used, in milliseconds. */
const CHECK_LASTS = 1_000;
const HEALTH = /^\/health\/(live|ready)\/?(?:\?|$)/i;

/** Creates the function that answers health checks, and returns false for any other call. */
export function createHealth(parts: HealthParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  const ready = readiness(parts);
  return ({ method, url = '' }, response) => {
    const [, what] = HEALTH.exec(url) ?? [];
    if (what === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
    if (what.toLowerCase() === 'live') answerJson(response, { body: { status: 'live' } });
    else void ready().then((found) => answerReady(response, found));
    return true;
  };
}

/** Checks the store and the flows, once a second at most. Undefined if the store cannot be reached. */
function readiness({ store, clock, degradation }: HealthParts): () => Promise<Degradation | undefined> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<Degradation | undefined> = Promise.resolve(undefined);
  return () => {
    const now = clock.monotonic();
    if (now - asked >= CHECK_LASTS) {
      asked = now;
      answer = store
        .ping()
        .then(degradation)
        .catch(() => undefined);
    }
    return answer;
  };
}

/** Answers 200 while the store can be reached and every flow that matters has its node types, else 503. */
function answerReady(response: ServerResponse, found: Degradation | undefined): void {
  if (!found) answerProblem(response, problemDetails({ refused: 'http/store-away' }));
  else if (found.isGrave) answerProblem(response, problemDetails({ refused: 'http/lacks-node-type', detail: wordsOf(found) }));
  else answerJson(response, { body: { status: 'ready', ...(found.degraded.length > 0 ? { degraded: found.degraded } : {}) } });
}

function wordsOf({ degraded }: Degradation): string {
  const each = degraded.map(({ version, type, waiting }) => `${version} needs the node type "${type}" (${waiting} waiting)`);
  return `Flows cannot run here: ${each.join(', ')}.`;
}
