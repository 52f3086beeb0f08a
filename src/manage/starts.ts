import { isRefused, type Mailboxes, OperationalError, type Refusal } from '../contract/host/index.js';
import type { StoredFlow } from '../contract/store/index.js';
import type { Program } from '../flow/program.js';
import type { ProgramBook } from '../published/program-book.js';
import { manualTrigger } from '../published/start-inputs.js';
import type { Caller } from './caller.js';
import { knownFlow } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { firstAnswer, type StartParts as OnceParts, type StartAnswer, type Startable, type StartRequest, startOnce } from './start-once.js';

export interface StartParts extends OnceParts {
  /** Takes the slices of all batches one after another, so that many batches hold up messages no longer than one. */
  readonly slices: Mailboxes;
  readonly programs: Pick<ProgramBook, 'snapshot' | 'refresh'>;
}

/** A start, or the refusal if it could not be read. That is reported only if nothing is wrong with the flow itself. */
export type GivenStart = StartRequest | Refusal;

interface Start {
  readonly code: string;
  /** Who starts it, for the log of turns: `api:shop`, `campaign:spring`. */
  readonly by: string;
}

/** Starts a flow that is ONLINE and has a manual trigger, with one person. */
export async function startFlow(
  parts: StartParts,
  caller: Caller,
  { start, ...about }: Start & { readonly start: GivenStart },
): Promise<Outcome<StartAnswer>> {
  const flow = await startable(parts, caller, { ...about, lane: 'reply' });
  if (isRefused(flow)) return isOver(flow) ? answerRepeat(parts, { code: about.code, start, refusal: flow }) : flow;
  const answer = isRefused(start) ? start : await startOnce(parts, flow, start);
  return isRefused(answer) ? answer : { done: answer };
}

function isOver({ refused }: Refusal): boolean {
  return refused === 'start/not-online' || refused === 'start/not-manual';
}

/** A repeat is answered as the first start was, whatever has become of the flow since. */
async function answerRepeat(
  parts: StartParts,
  { code, start, refusal }: { readonly code: string; readonly start: GivenStart; readonly refusal: Refusal },
): Promise<Outcome<StartAnswer>> {
  if (isRefused(start)) return start;
  const first = await firstAnswer(parts, code, start);
  return first ? { done: first } : refusal;
}

/** Reads a start. Called when its turn has come, so that reading a thousand does not hold up messages. */
export type ReadStart = () => GivenStart;

/** Starts made at once: few enough that messages are taken in between. */
const SLICE = 25;

/**
 * Starts a flow with many people, some side by side, but several starts of one person in their order. Each start has its own answer, in the
 * order of `starts`, and what goes wrong with one does not stop the others. A campaign calls this with its people in parts, each start with a
 * uuid of its own, so that a part can be repeated after a crash.
 */
export async function startFlowWithMany(
  parts: StartParts,
  caller: Caller,
  { starts, ...about }: Start & { readonly starts: readonly ReadStart[] | Refusal },
): Promise<Outcome<readonly (StartAnswer | Refusal)[]>> {
  const flow = await startable(parts, caller, { ...about, lane: 'campaign' });
  if (isRefused(flow)) return flow;
  if (isRefused(starts)) return starts;
  const answers: (StartAnswer | Refusal)[] = [];
  for (let i = 0; i < starts.length; i += SLICE) {
    const slice = starts.slice(i, i + SLICE);
    answers.push(...(await parts.slices.put('starts', () => startSlice(parts, flow, slice))));
  }
  return { done: answers };
}

function startSlice(parts: StartParts, flow: Startable, starts: readonly ReadStart[]): Promise<readonly (StartAnswer | Refusal)[]> {
  const last = new Map<string, Promise<unknown>>();
  return Promise.all(
    starts.map((read) => {
      const start = read();
      const person = isRefused(start) ? undefined : personIn(start);
      const before = person === undefined ? undefined : last.get(person);
      const answer = before ? before.then(() => startOneOfMany(parts, flow, start)) : startOneOfMany(parts, flow, start);
      if (person !== undefined) last.set(person, answer);
      return answer;
    }),
  );
}

/** Names the person of a start as its caller does. */
function personIn({ contact }: StartRequest): string {
  return 'id' in contact ? `id ${contact.id}` : `identity ${contact.identity}`;
}

async function startOneOfMany(parts: StartParts, flow: Startable, start: GivenStart): Promise<StartAnswer | Refusal> {
  if (isRefused(start)) return start;
  try {
    return await startOnce(parts, flow, start);
  } catch (error) {
    if (error instanceof OperationalError) return { refused: 'http/store-away' };
    throw error;
  }
}

async function startable(
  parts: StartParts,
  { role, flows }: Caller,
  { code, by, lane }: Start & Pick<Startable, 'lane'>,
): Promise<Startable | Refusal> {
  if (role === 'trigger' && flows && !flows.includes(code))
    return { refused: 'key/other-flow', detail: `The key may only start ${flows.join(', ')}.` };
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const program = await onlineProgram(parts, flow);
  if (isRefused(program)) return program;
  const trigger = manualTrigger(program);
  if (isRefused(trigger)) return trigger;
  return { program, channels: flow.channels, onBusy: trigger.onBusy ?? 'queue', by, lane };
}

async function onlineProgram({ programs }: StartParts, { code, state }: StoredFlow): Promise<Program | Refusal> {
  const offline: Refusal = { refused: 'start/not-online', detail: `"${code}" is not ONLINE. Publish it first.` };
  if (state !== 'ONLINE') return offline;
  const known = programs.snapshot().online(code);
  if (known) return known;
  // Another host may have published it within this second.
  await programs.refresh();
  return programs.snapshot().online(code) ?? offline;
}
