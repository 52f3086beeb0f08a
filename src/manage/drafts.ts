import { isRefused, type Refusal } from '../contract/host/index.js';
import { type Clock, type FlowDefinition, millisOf } from '../contract/index.js';
import type { DraftStamp, DraftSummary, Store, StoredFlow } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow, type Survey, surveyFlow } from '../flow/check.js';
import { fillVersions } from '../flow/compile.js';
import { readEnvelope } from '../flow/envelope.js';
import type { NodeTypes } from '../flow/program.js';
import type { Caller } from './caller.js';
import { knownFlow, noFlow } from './known-flow.js';
import type { Outcome } from './outcome.js';

export interface DraftParts {
  readonly store: Pick<Store, 'flows' | 'audit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly nodeTypes: NodeTypes;
  readonly checkWorld: CheckWorldFor;
}
interface Named {
  readonly code: string;
}

/** Reads the draft of a flow. Its revision is needed to save it. */
export async function readDraft(
  parts: DraftParts,
  _caller: Caller,
  { code }: Named,
): Promise<Outcome<{ readonly revision: number; readonly definition: FlowDefinition }>> {
  const flow = await knownFlow(parts, code);
  return isRefused(flow) ? flow : { done: flow.draft };
}

/** Lists the draft and those before it that are kept, newest first. A draft is restored by saving its definition again. */
export async function listDrafts(
  parts: Pick<DraftParts, 'store'>,
  _caller: Caller,
  { code }: Named,
): Promise<Outcome<{ readonly items: readonly DraftSummary[] }>> {
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const { revision, at, by, definition } = flow.draft;
  const earlier = await parts.store.flows.earlierDrafts(code);
  return { done: { items: [{ revision, at, by, nodes: definition.nodes.length }, ...earlier.filter((one) => one.revision < revision)] } };
}

/** Reads the definition of a draft that is kept. `revision` may be text that somebody has typed. */
export async function readEarlierDraft(
  parts: Pick<DraftParts, 'store'>,
  _caller: Caller,
  { code, revision }: Named & { readonly revision: number | string },
): Promise<Outcome<FlowDefinition>> {
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const number = /^\d{1,9}$/.test(String(revision)) ? Number(revision) : 0;
  if (number === flow.draft.revision) return { done: flow.draft.definition };
  const found = number < flow.draft.revision ? await parts.store.flows.earlierDraft(code, number) : undefined;
  return found ? { done: found } : { refused: 'draft/not-kept', detail: `"${code}" has no draft of revision ${revision} any more.` };
}

export interface DraftToSave extends Named {
  /** The revision that was read. A save without one is refused. */
  readonly revision: number | undefined;
  /** A flow file, which is checked here. */
  readonly definition: unknown;
  /** The id of the editor that saves, so that it knows its own draft again if the answer is lost. */
  readonly editor?: string;
}
export interface SavedDraft extends Survey {
  readonly code: string;
  readonly draft: DraftStamp;
}

/**
 * Saves the draft of a flow, if it is still at the revision that was read: of two editors the second is refused with the draft that is
 * there, and nothing is overwritten. A draft may have problems.
 */
export async function saveDraft(
  parts: DraftParts,
  caller: Caller,
  { code, revision: base, definition: given, editor }: DraftToSave,
): Promise<Outcome<SavedDraft>> {
  const { store, clock, checkWorld } = parts;
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  if (base === undefined) return { refused: 'draft/no-revision' };
  const definition = readOwnDefinition(parts, flow, given);
  if (isRefused(definition)) return definition;
  const by = { by: caller.name, ...(editor === undefined ? {} : { editor }) };
  const answer = await store.flows.saveDraft(code, { definition, base, at: clock.now(), ...by });
  if (!answer) return noFlow(code);
  const { saved, ...draft } = answer;
  if (!saved) return draftConflict(draft);
  const done = { code, draft, ...surveyFlow(definition, checkWorld(flow.channels)) };
  const isRecent = millisOf(draft.at) - millisOf(flow.draft.at) < SITTING;
  if (isRecent && (await goesOn(store, caller, code))) return { done };
  return {
    done,
    changed: {
      action: 'draft.save',
      target: `flow:${code}`,
      before: { draft: base },
      after: { draft: draft.revision, nodes: definition.nodes.length },
    },
  };
}

/** An editor saves after each change. Saves of one person that follow each other within so many milliseconds are one entry of the audit log. */
const SITTING = 10 * 60_000;

/** Returns whether a save in the console goes on with the newest entry of the flow in the audit log: the history of drafts has both. */
async function goesOn(store: Pick<Store, 'audit'>, caller: Caller, code: string): Promise<boolean> {
  if (caller.until === undefined) return false;
  const [newest] = await store.audit.list({ target: `flow:${code}`, limit: 1 });
  return newest?.action === 'draft.save' && newest.by.id === caller.id;
}

/** Reads a flow file that is meant for a flow. */
export function readOwnDefinition(
  { nodeTypes, checkWorld }: Pick<DraftParts, 'nodeTypes' | 'checkWorld'>,
  { code, channels }: Pick<StoredFlow, 'code' | 'channels'>,
  given: unknown,
): FlowDefinition | Refusal {
  const read = readEnvelope(given);
  if ('problems' in read) return { refused: 'flow/invalid', problems: checkFlow(given, checkWorld(channels)) };
  return read.definition.code === code ? fillVersions(read.definition, nodeTypes) : otherCode(code, read.definition.code);
}

/** The refusal of what was meant for another revision of a draft. */
export function draftConflict({ revision, at, by }: DraftStamp): Refusal {
  const who = by === '' ? 'somebody else' : `"${by}"`;
  return {
    refused: 'draft/conflict',
    detail: `The draft was saved by ${who}. It is at revision ${revision} now.`,
    draft: { revision, at, by },
  };
}

function otherCode(code: string, found: string): Refusal {
  return {
    refused: 'flow/other-code',
    detail: `The code in the draft is "${found}", but the code of the flow is "${code}".`,
    problems: [
      {
        pointer: '/code',
        code: 'flow/other-code',
        message: `the code of the flow is "${code}"`,
        hint: `Use "${code}", or create a new flow from the file.`,
        severity: 'error',
      },
    ],
  };
}

/** Reports every problem of the draft, or of a definition that is not stored, with its outline. */
export async function checkDraft(
  parts: DraftParts,
  _caller: Caller,
  { code, definition }: Named & { readonly definition?: unknown },
): Promise<Outcome<Survey>> {
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const checked = definition === undefined ? flow.draft.definition : definition;
  return { done: surveyFlow(checked, parts.checkWorld(flow.channels)) };
}
