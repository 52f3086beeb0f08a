import type { FlowCode, IsoTime } from '../contract/index.js';
import type { DraftSummary, StoredFlow } from '../contract/store/index.js';

/** A draft that was replaced, as it is kept. */
export interface EarlierDraft extends DraftSummary {
  readonly flow: FlowCode;
  /** Characters of `definition`. */
  readonly size: number;
  /** The definition as JSON text. */
  readonly definition: string;
}

type KeptDraft = Pick<EarlierDraft, 'revision' | 'at' | 'size'>;

/** How much of a flow's past is kept beside its current draft. */
const MAX = { drafts: 49, size: 16_000_000 } as const;
/** So many of the newest are kept whatever they are, unless they are too large together. */
const NEWEST = 20;
const HOUR = 3_600_000;
const SLOT = 600_000;

/** Makes what is kept of the current draft of a flow when another one takes its place. */
export function earlierDraft({ code, draft }: StoredFlow): EarlierDraft {
  const { revision, at, by } = draft;
  const definition = JSON.stringify(draft.definition);
  return { flow: code, revision, at, by, nodes: draft.definition.nodes.length, size: definition.length, definition };
}

/**
 * Plans which earlier drafts of a flow are removed, by revision. Of those older than an hour, the last of every ten minutes stays. An editor
 * that saves every second would push a whole day out of the list: so when it is full, the oldest that has a successor within its ten minutes
 * goes first, and only then the oldest of all.
 */
export function planThinning(kept: readonly KeptDraft[], now: IsoTime): readonly number[] {
  const newestFirst = [...kept].sort((a, b) => b.revision - a.revision);
  const hasSuccessor = (i: number) => i > 0 && slotOf(newestFirst[i]) === slotOf(newestFirst[i - 1]);
  const ranked = newestFirst.map((draft, i) => ({ draft, hasSuccessor: hasSuccessor(i), isNew: i < NEWEST }));
  const isThinned = ({ draft, hasSuccessor }: (typeof ranked)[number]) => hasSuccessor && Date.parse(now) - Date.parse(draft.at) > HOUR;
  const oldestFirst = ranked.filter((one) => !isThinned(one)).reverse();
  const [spare, others] = [true, false].map((is) => oldestFirst.filter(({ hasSuccessor, isNew }) => (hasSuccessor && !isNew) === is));
  const full = untilFits([...(spare ?? []), ...(others ?? [])]);
  return [...ranked.filter(isThinned), ...full].map(({ draft }) => draft.revision);
}

function slotOf(draft: KeptDraft | undefined): number {
  return Math.floor(Date.parse(draft?.at ?? '') / SLOT);
}

/** Returns as many of the drafts, from the first on, as must go until the others fit. */
function untilFits<T extends { readonly draft: KeptDraft }>(drafts: readonly T[]): readonly T[] {
  let size = drafts.reduce((sum, { draft }) => sum + draft.size, 0);
  let gone = 0;
  while (drafts.length - gone > MAX.drafts || size > MAX.size) {
    size -= drafts[gone]?.draft.size ?? 0;
    gone += 1;
  }
  return drafts.slice(0, gone);
}
