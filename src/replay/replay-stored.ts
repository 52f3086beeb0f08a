import type { TurnRecord } from '../contract/host/index.js';
import type { FlowCode, IsoTime } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { Program } from '../flow/program.js';
import type { ChannelBook } from '../published/channel-book.js';
import { linkMakers } from '../published/link-makers.js';
import type { ProgramBook } from '../published/program-book.js';
import { type Difference, type Replayed, type ReplayParts, replayTurns, versionsIn } from './replay.js';

export interface StoredParts {
  readonly constants?: ReplayParts['constants'];
  readonly store: Pick<Store, 'sessions' | 'turns'>;
  readonly programs: Pick<ProgramBook, 'load'>;
  readonly channels: Pick<ChannelBook, 'facts'>;
  readonly seal?: ((text: string) => string) | undefined;
}

/** The replay of many conversations of a flow. */
export interface FlowReplayed extends Replayed {
  /** The number of people, and of those for whom something is different. */
  readonly sessions: { readonly compared: number; readonly different: number };
  /** Whether there are more than `limit`. */
  readonly more: boolean;
}

const PAGE = 200;
/** The maximum number of differences in an answer. */
const MAX_DIFFERENCES = 1_000;

/** Replays the whole log of a session, on the recorded versions or with `onto` in the place of its flow. Nothing is stored or sent. */
export async function replayStoredSession(parts: StoredParts, session: string, onto?: Program): Promise<Replayed> {
  return replay(parts, await turnsOf(parts.store, session), onto);
}

/** Replays the conversations of a flow in which something has happened since a time, those of at most `limit` people, the oldest first. */
export async function replayStoredFlow(
  parts: StoredParts,
  { flow, onto, since, limit }: { readonly flow: FlowCode; readonly onto?: Program; readonly since: IsoTime; readonly limit: number },
): Promise<FlowReplayed> {
  const different: Difference[] = [];
  let [compared, unlogged, people, others] = [0, 0, 0, 0];
  const hidden = () => (unlogged > 0 ? { unlogged } : {});
  let after: string | undefined;
  for (;;) {
    const page = await parts.store.sessions.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { state, updatedAt } of page) {
      if (updatedAt < since) continue;
      const turns = await turnsOf(parts.store, state.id);
      if (!turns.some(({ at, path }) => at >= since && path.some((step) => step.flow === flow))) continue;
      if (people === limit) return { compared, ...hidden(), different, sessions: { compared: people, different: others }, more: true };
      const replayed = await replay(parts, turns, onto);
      people += 1;
      compared += replayed.compared;
      unlogged += replayed.unlogged ?? 0;
      if (replayed.different.length > 0) others += 1;
      different.push(...replayed.different.slice(0, Math.max(0, MAX_DIFFERENCES - different.length)));
    }
    after = page.at(-1)?.state.id;
    if (page.length < PAGE) return { compared, ...hidden(), different, sessions: { compared: people, different: others }, more: false };
  }
}

async function replay(
  { programs, channels, seal, constants }: StoredParts,
  turns: readonly TurnRecord[],
  onto: Program | undefined,
): Promise<Replayed> {
  const loaded = await programs.load(versionsIn(turns).values());
  return replayTurns(turns, {
    programs: loaded,
    channels: channels.facts(),
    links: linkMakers(seal, loaded.onlineFlows),
    constants,
    ...(onto ? { onto } : {}),
  });
}

async function turnsOf(store: StoredParts['store'], session: string): Promise<readonly TurnRecord[]> {
  const turns: TurnRecord[] = [];
  for (;;) {
    const page = await store.turns.list(session, { after: turns.at(-1)?.turn ?? 0, limit: PAGE });
    turns.push(...page);
    if (page.length < PAGE) return turns;
  }
}
