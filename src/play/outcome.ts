import type { Json, Platform, Shown, Vars } from '../contract/index.js';
import type { Standing } from './changes.js';
import { secondsAt } from './play-clock.js';
import type { PlayedEffect, PlayTurn } from './scene.js';

/** What came out of a step, as a test holds it: `then`. Members that would be empty are left out. */
export interface Outcome {
  readonly shows?: readonly ShownThen[];
  readonly calls?: readonly { readonly node?: string; readonly service: string; readonly input: Json }[];
  readonly standing?: readonly Omit<Standing, 'flow'>[];
  readonly set?: Vars;
  readonly contact?: Vars;
  readonly warnings?: readonly { readonly code: string; readonly node?: string }[];
  /** Only if the step has neither started nor answered anything. */
  readonly decision?: string;
}

/** A message as a person sees it, and whatever is unusual about it. */
export interface ShownThen extends Shown {
  /** Seconds since the step began, if time has passed. */
  readonly after?: number;
  /** The platform, if it is not that of the test. */
  readonly on?: Platform;
  readonly refused?: { readonly code: string; readonly reason: string };
  readonly skipped?: string;
  readonly parked?: true;
}

/** What an outcome is relative to: the test, and the moment at which the step began. */
export interface Seen {
  readonly platform: Platform;
  /** The flow that is tried. It is not named. */
  readonly flow: string;
  /** Seconds since the beginning. */
  readonly began: number;
  /** Where everything stands after the step. */
  readonly standing: readonly Standing[];
}

/** Turns that need no words: they have done what the step is for. */
const SPEAK_FOR_THEMSELVES: ReadonlySet<string> = new Set(['started', 'answered', 'resumed', 'commanded']);

/** Returns what came out of the turns of a step. Its members have one order, so that differences are small. */
export function outcomeOf(turns: readonly PlayTurn[], seen: Seen): Outcome {
  const effects = turns.flatMap((turn) => turn.effects.map((effect) => ({ turn, effect })));
  const [first] = turns;
  const decision = first && !SPEAK_FOR_THEMSELVES.has(first.decision.kind) ? `${first.decision.kind}: ${first.decision.reason}` : undefined;
  const outcome = {
    shows: effects.flatMap(({ turn, effect }) => shownThen(effect, seen, secondsAt(turn.at) - seen.began)),
    calls: effects.flatMap(({ effect: { node, call } }) => (call ? [{ ...(node === undefined ? {} : { node }), ...call }] : [])),
    standing: seen.standing.map(({ flow, ...where }) => ({ ...(flow === seen.flow ? {} : { flow }), ...where })),
    set: Object.assign({}, ...turns.map(({ set }) => set)) as Vars,
    contact: turns.reduce<Vars>((all, { contact }) => mergeContact(all, contact), {}),
    warnings: turns.flatMap(({ warnings }) => warnings.map(({ code, node }) => ({ code, ...(node === undefined ? {} : { node }) }))),
    decision,
  };
  return inOrder(withoutEmpty(outcome) as Json) as Outcome;
}

function shownThen({ on, shows, refused, skipped, parked }: PlayedEffect, seen: Seen, after: number): readonly ShownThen[] {
  const about = {
    ...(after > 0 ? { after } : {}),
    ...(on === undefined || on === seen.platform ? {} : { on }),
    ...(skipped ? { skipped: skipped.code } : {}),
    ...(parked ? { parked } : {}),
  };
  return shows.map((shown, i) => ({
    ...shown,
    ...about,
    ...(refused && i === shows.length - 1 ? { refused: { code: refused.code, reason: refused.message } } : {}),
  }));
}

function mergeContact(before: Vars, after: Vars): Vars {
  const fields = { ...(before['fields'] as Vars | undefined), ...(after['fields'] as Vars | undefined) };
  return { ...before, ...after, ...(Object.keys(fields).length > 0 ? { fields } : {}) };
}

function withoutEmpty(outcome: object): object {
  return Object.fromEntries(
    Object.entries(outcome).filter(
      ([, value]) => value !== undefined && (typeof value !== 'object' || Object.keys(value as object).length > 0),
    ),
  );
}

/** The members that come first, in the order of a reader. All others follow by name. */
const LEADING: readonly string[] = [
  'shows calls standing set contact warnings decision',
  'kind header text footer media name buttons list keyboard cards id title description does url',
  'flow node service code input waitingFor until reason ok value status',
].flatMap((names) => names.split(' '));
const RANKS: ReadonlyMap<string, number> = new Map(LEADING.map((name, i) => [name, i]));

/** Returns a value whose objects have their members in one order. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value as Readonly<Record<string, Json>>);
  return Object.fromEntries(
    members.sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]),
  );
}

function rankOf(name: string): number {
  return RANKS.get(name) ?? LEADING.length;
}
