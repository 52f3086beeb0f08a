import { OperationalError, type StoredFlow, UserError, type Vars } from '../../contract/index.js';
import { firstAnswer, type StartAnswer, type Startable, type StartRequest } from '../../manage/start-flow.js';
import type { WantedContact } from '../../people/reach-person.js';
import { type ProblemDetails, problemOf } from '../error-answers.js';
import { checkedBody } from '../mount-routes.js';
import type { HttpParts } from '../parts.js';
import { type Call, defineRoute, type Route } from '../route.js';
import { BATCH, START, START_EXAMPLE, START_OR_BATCH, STARTED_OR_RESULTS } from '../schemas/start.js';
import { knownFlow } from './known-flow.js';

/** A start as a caller writes it. */
interface StartBody {
  readonly data: Vars;
  readonly uuid?: string;
  readonly outId?: string;
  readonly claimTimeMillis?: number;
  readonly discardTimeMillis?: number;
  readonly contact: WantedContact;
  readonly channel?: string;
}

/** The door for campaigns and systems: begins a flow with one person, or with up to a thousand. */
export function triggerRoute(parts: HttpParts): readonly Route[] {
  return [
    defineRoute({
      tag: 'Starts',
      method: 'post',
      path: '/flows/{code}/trigger',
      role: 'trigger',
      summary: 'Start a flow with a person, or with up to a thousand',
      description:
        'Only ONLINE flows with a manual trigger. Of many starts each has its own answer; a refused one has its refusal in its place.',
      body: START_OR_BATCH,
      checksBody: true,
      mayLackBody: true,
      // A thousand starts, each with the 4 kB of data that may be queued, and whom they are for.
      largestBody: '8mb',
      example: START_EXAMPLE,
      answers: { 202: STARTED_OR_RESULTS },
      refuses: {
        403: ['key/wrong-role', 'key/other-flow'],
        404: ['flow/unknown'],
        409: ['start/not-manual', 'start/not-online', 'start/other-body', 'start/refused'],
        422: [
          'start/wrong-inputs',
          'start/no-channel',
          'channel/unknown',
          'contact/unknown',
          'contact/bad-number',
          'contact/no-address',
          'http/bad-body',
        ],
      },
      async handle(call) {
        const { body } = call;
        const isBatch = body !== null && typeof body === 'object' && 'starts' in body;
        if (!isBatch) return { body: await startAlone(parts, call) };
        const flow = await startable(parts, call, true);
        const { starts } = checkedBody<{ starts: unknown[] }>(body, BATCH);
        return { body: { results: await startAll(parts, flow, starts) } };
      },
    }),
  ];
}

async function startAlone(parts: HttpParts, call: Call): Promise<StartAnswer> {
  const request = () => requestOf(checkedBody<StartBody>(call.body, START));
  try {
    const flow = await startable(parts, call, false);
    return await parts.startFlow(flow, request());
  } catch (error) {
    if (!(error instanceof UserError) || !OVER.has(error.code)) throw error;
    // A repeat is answered as the first was, whatever has become of the flow since.
    const first = await firstAnswer(parts, call.name('code'), request());
    if (!first) throw error;
    return first;
  }
}

const OVER: ReadonlySet<string> = new Set(['start/not-online', 'start/not-manual']);

/** Side by side, but those of one person one after another: who is named first begins first. */
function startAll(parts: HttpParts, flow: Startable, starts: readonly unknown[]): Promise<readonly (StartAnswer | ProblemDetails)[]> {
  const last = new Map<string, Promise<unknown>>();
  return Promise.all(
    starts.map((one) => {
      const { identity = '', id = '' } = ((one as Partial<StartBody> | null)?.contact ?? {}) as Readonly<Record<string, unknown>>;
      const person = JSON.stringify([identity, id]);
      const before = last.get(person);
      const answer = before ? before.then(() => startOne(parts, flow, one)) : startOne(parts, flow, one);
      last.set(person, answer);
      return answer;
    }),
  );
}

/** What goes wrong with one of many is its own answer; only where the store is away nobody is answered. */
async function startOne(parts: HttpParts, flow: Startable, body: unknown): Promise<StartAnswer | ProblemDetails> {
  try {
    return await parts.startFlow(flow, requestOf(checkedBody<StartBody>(body, START)));
  } catch (error) {
    if (error instanceof UserError || error instanceof OperationalError) return problemOf(error);
    throw error;
  }
}

async function startable(parts: HttpParts, call: Call, isBatch: boolean): Promise<Startable> {
  const flow = await knownFlow(parts, call);
  const program = await onlineProgram(parts, flow);
  const trigger = program.definition.triggers.find(({ type }) => type === 'TriggeredManually');
  if (trigger?.type !== 'TriggeredManually')
    throw new UserError(409, 'start/not-manual', `"${flow.code}" has no manual trigger, so no call can start it.`);
  return {
    program,
    channels: flow.channels,
    onBusy: trigger.onBusy ?? 'queue',
    by: `api:${call.caller.name}`,
    lane: isBatch ? 'campaign' : 'reply',
  };
}

async function onlineProgram({ programs }: HttpParts, { code, state }: StoredFlow) {
  const known = state === 'ONLINE' ? programs.snapshot().online(code) : undefined;
  if (known) return known;
  // It may have been published on another host in this second.
  if (state === 'ONLINE') await programs.refresh();
  const program = state === 'ONLINE' ? programs.snapshot().online(code) : undefined;
  if (!program) throw new UserError(409, 'start/not-online', `"${code}" is not ONLINE; publish it first.`);
  return program;
}

function requestOf({ data, uuid, outId, claimTimeMillis, discardTimeMillis, contact, channel }: StartBody): StartRequest {
  return {
    contact,
    data,
    ...(channel === undefined ? {} : { channel }),
    ...(uuid === undefined ? {} : { uuid }),
    ...(outId === undefined ? {} : { outId }),
    ...(claimTimeMillis === undefined ? {} : { claimedAt: new Date(claimTimeMillis).toISOString() }),
    ...(discardTimeMillis === undefined ? {} : { discardAt: new Date(discardTimeMillis).toISOString() }),
  };
}
