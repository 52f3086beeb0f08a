import { isRefused, type Refusal } from '../../contract/host/index.js';
import type { Vars } from '../../contract/index.js';
import type { StartRequest } from '../../manage/start-once.js';
import { type GivenStart, type ReadStart, type StartParts, startFlow, startFlowWithMany } from '../../manage/starts.js';
import type { WantedContact } from '../../people/reach-person.js';
import { problemDetails } from '../problem-answer.js';
import { bodyOrRefusal } from '../read-call.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { BATCH, START, START_EXAMPLE, START_OR_BATCH, STARTED_OR_RESULTS } from '../schemas/start.js';

/** A start as callers write it. */
interface StartBody {
  readonly data: Vars;
  readonly uuid?: string;
  readonly outId?: string;
  readonly claimTimeMillis?: number;
  readonly discardTimeMillis?: number;
  readonly contact: WantedContact;
  readonly channel?: string;
}

/** 404 is for what the path names. */
const IN_BODY = { 'channel/unknown': 422, 'contact/unknown': 422 } as const;

/** Starts of a flow, with one person or with up to a thousand. */
export function triggerRoute(parts: StartParts): readonly Route[] {
  return [
    defineRoute({
      tag: 'Starts',
      method: 'post',
      path: '/flows/{code}/trigger',
      role: 'trigger',
      summary: 'Start a flow with a person, or with up to a thousand',
      description:
        'The flow must be ONLINE and have a manual trigger. Of many starts, each gets its own answer, in order; a refused start has a problem in its place.',
      body: START_OR_BATCH,
      checksBody: true,
      mayLackBody: true,
      // A thousand starts, each with a person and the 4 kB of data that may be queued.
      maxBody: '8mb',
      example: START_EXAMPLE,
      answers: { 202: STARTED_OR_RESULTS },
      refuses: [
        'key/other-flow',
        'flow/unknown',
        'start/not-manual',
        'start/not-online',
        'start/opted-out',
        'start/other-body',
        'start/refused',
        'start/wrong-inputs',
        'start/no-channel',
        'channel/unknown',
        'contact/unknown',
        'contact/bad-number',
        'contact/no-address',
        'http/bad-body',
      ],
      statuses: IN_BODY,
      async handle({ caller, name, body }) {
        const about = { code: name('code'), by: `api:${caller.name}` };
        const isBatch = body !== null && typeof body === 'object' && 'starts' in body;
        if (!isBatch) return answerOf(await startFlow(parts, caller, { ...about, start: readStart(body) }));
        const outcome = await startFlowWithMany(parts, caller, { ...about, starts: readBatch(body) });
        if (isRefused(outcome)) return outcome;
        return { body: { results: outcome.done.map((one) => (isRefused(one) ? problemDetails(one, IN_BODY) : one)) } };
      },
    }),
  ];
}

function readBatch(body: unknown): readonly ReadStart[] | Refusal {
  const read = bodyOrRefusal<{ readonly starts: readonly unknown[] }>(body, BATCH);
  return isRefused(read) ? read : read.value.starts.map((start) => () => readStart(start));
}

function readStart(body: unknown): GivenStart {
  const read = bodyOrRefusal<StartBody>(body, START);
  return isRefused(read) ? read : requestOf(read.value);
}

function requestOf({ claimTimeMillis, discardTimeMillis, ...start }: StartBody): StartRequest {
  return {
    ...start,
    ...(claimTimeMillis === undefined ? {} : { claimedAt: new Date(claimTimeMillis).toISOString() }),
    ...(discardTimeMillis === undefined ? {} : { discardAt: new Date(discardTimeMillis).toISOString() }),
  };
}
