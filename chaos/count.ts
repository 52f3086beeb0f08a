import { PROOF_WAIT } from '../src/contract/host/index.js';

/** Everything that is known about one person at the end of a run. */
export interface Evidence {
  readonly name: string;
  readonly said: readonly Said[];
  /** What the provider accepted for them, in order. */
  readonly sends: readonly Send[];
  /** The turn log of each contact that turned out to be this person. */
  readonly logs: readonly (readonly Turn[])[];
  /** Texts that the host shows as failed, with the reason. */
  readonly failed: readonly string[];
}
export interface Said {
  /** Absent where a flow has made the event, so that its id is not known. */
  readonly event?: string;
  readonly text: string;
  readonly replies: readonly string[];
  /** It was answered with 200. */
  readonly accepted: boolean;
}
export interface Send {
  readonly effect: string;
  readonly text: string;
  /** When the request came, in milliseconds. */
  readonly askedAt: number;
  /** When a receipt that names the effect was first answered with 200, in milliseconds. */
  readonly provenAt?: number;
  /** True if a host has stored that the provider accepted it. Only known for sends without such a receipt. */
  readonly isSettled?: boolean;
  /** Why its host may not know that it was accepted. */
  readonly doubt?: Doubt;
}
export interface Turn {
  readonly turn: number;
  readonly event: string;
}
export type Doubt = 'the answer was lost' | 'the host was killed';

export interface Totals {
  readonly accepted: number;
  readonly sends: number;
  /** How often two contacts became one. */
  readonly merges: number;
  /** Accepted messages that are in no turn, or some of whose replies never came. */
  readonly lost: readonly string[];
  /** Events taken in two turns, and texts that only a second turn can have made. */
  readonly doubled: readonly string[];
  readonly disordered: readonly string[];
  /** Sends accepted again after one whose outcome their host could not know, by the reason. */
  readonly repeats: Readonly<Record<Doubt, number>>;
  readonly unexplained: readonly string[];
  /** Replies that hosts show as failed. */
  readonly givenUp: number;
}

/** A receipt may have come too late for a repeat if it was stored less than this before, in milliseconds. */
const TOO_LATE = 500;
/** The event that merges a contact into another one. */
const MERGE = /^merge:[^:]+$/;

/** Counts what a run came to. Pure, so that test/chaos.test.ts can show that it finds each fault. */
export function count(people: readonly Evidence[]): Totals {
  const repeats = people.flatMap(repeatsOf);
  const because = (doubt: Doubt) => repeats.filter((one) => one.doubt === doubt).length;
  return {
    accepted: people.reduce((sum, { said }) => sum + said.filter(({ accepted }) => accepted).length, 0),
    sends: people.reduce((sum, { sends }) => sum + sends.length, 0),
    merges: people.flatMap(({ logs }) => logs.flat()).filter(({ event }) => MERGE.test(event)).length,
    lost: people.flatMap(lostOf),
    doubled: people.flatMap(doubledOf),
    disordered: people.flatMap(disorderOf),
    repeats: { 'the answer was lost': because('the answer was lost'), 'the host was killed': because('the host was killed') },
    unexplained: repeats.flatMap(({ unexplained }) => unexplained ?? []),
    givenUp: people.reduce((sum, { failed }) => sum + failed.length, 0),
  };
}

/** Returns true if nothing went wrong that must not. */
export function isFaultless({ accepted, lost, doubled, disordered, unexplained }: Totals): boolean {
  return accepted > 0 && [lost, doubled, disordered, unexplained].every((list) => list.length === 0);
}

function lostOf({ name, said, sends, logs, failed }: Evidence): readonly string[] {
  const events = new Set(logs.flat().map(({ event }) => event));
  const came = new Set([...sends.map(({ text }) => text), ...failed]);
  return said
    .filter(({ accepted }) => accepted)
    .flatMap(({ event, text, replies }) => {
      if (event !== undefined && !events.has(event)) return [`${name}: "${text}" is in no turn`];
      const missing = replies.filter((reply) => !came.has(reply));
      return missing.length > 0 ? [`${name}: "${text}" was never answered with ${quoted(missing)}`] : [];
    });
}

function doubledOf({ name, said, sends, logs }: Evidence): readonly string[] {
  const expected = new Set(said.flatMap(({ replies }) => replies));
  const effects = new Map<string, Set<string>>();
  for (const { text, effect } of sends) effects.set(text, (effects.get(text) ?? new Set()).add(effect));
  const texts = new Map<string, Set<string>>();
  for (const { text, effect } of sends) texts.set(effect, (texts.get(effect) ?? new Set()).add(text));
  return [
    ...moreThanOnce(logs.flat().map(({ event }) => event)).map((event) => `${name}: ${event} was taken in two turns`),
    ...logs.flatMap((turns) => moreThanOnce(turns.map(({ turn }) => String(turn)))).map((turn) => `${name}: there are two turns ${turn}`),
    ...[...effects].filter(([, of]) => of.size > 1).map(([text, of]) => `${name}: "${text}" was asked for by ${[...of].join(' and ')}`),
    ...[...texts].filter(([, of]) => of.size > 1).map(([effect, of]) => `${name}: ${effect} said ${quoted([...of])}`),
    ...[...effects.keys()].filter((text) => !expected.has(text)).map((text) => `${name}: nobody was to hear "${text}"`),
  ];
}

/** Finds replies that came before an earlier one, repeats after a later reply, and gaps in the turn log. */
function disorderOf({ name, said, sends, logs }: Evidence): readonly string[] {
  const places = new Map(said.flatMap(({ replies }) => replies).map((text, place) => [text, place]));
  const wrong: string[] = [];
  let furthest = -1;
  let last = '';
  for (const { text } of sends) {
    const place = places.get(text);
    if (place === undefined) continue;
    if (place < furthest) wrong.push(`${name}: "${text}" came after "${last}"`);
    else [furthest, last] = [place, text];
  }
  for (const turns of logs)
    turns.forEach(({ turn }, i) => {
      if (turn !== i + 1) wrong.push(`${name}: the log has turn ${turn} in place ${i + 1}`);
    });
  return wrong;
}

interface Repeat {
  readonly doubt?: Doubt;
  readonly unexplained?: string;
}

/** Returns each repeat of a send with the reason why a host may have repeated it, or with what is wrong about it. */
function repeatsOf({ name, sends }: Evidence): readonly Repeat[] {
  const before = new Map<string, Send[]>();
  return sends.flatMap((send): readonly Repeat[] => {
    const earlier = before.get(send.effect) ?? [];
    before.set(send.effect, [...earlier, send]);
    const previous = earlier.at(-1);
    if (!previous) return [];
    const what = `${name}: "${send.text}" was sent again`;
    const proven = earlier.some(({ provenAt }) => provenAt !== undefined && provenAt < send.askedAt - TOO_LATE);
    const pause = send.askedAt - previous.askedAt;
    const isSettled = earlier.some((one) => one.isSettled);
    if (pause < PROOF_WAIT) return [{ unexplained: `${what} after ${pause} ms, before a receipt had its time to come` }];
    if (proven) return [{ unexplained: `${what} although a receipt had shown that it was taken` }];
    if (isSettled) return [{ unexplained: `${what} although a host had stored that it was taken` }];
    if (previous.doubt) return [{ doubt: previous.doubt }];
    return [{ unexplained: `${what} after ${pause} ms although its host was answered and lived on` }];
  });
}

function moreThanOnce(list: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].filter(([, times]) => times > 1).map(([one]) => one);
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(', ');
}
