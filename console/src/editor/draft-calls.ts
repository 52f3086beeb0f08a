import type { FlowDefinition, Problem } from '../../../src/contract/index.js';
import { ApiProblem, call, read } from '../api/client.js';
import type { FlowRow } from '../api/flows.js';
import type { Outline } from '../flow/outline.js';

/** What the host's check says of a definition. */
export interface Checked {
  readonly problems: readonly Problem[];
  readonly outline?: Outline;
}

/** A draft with its revision. */
export interface Draft {
  readonly flow: FlowDefinition;
  readonly revision: number;
  /** The name of the key that saved it. */
  readonly by?: string;
  /** The editor that saved it. */
  readonly editor?: SavingEditor;
}

/** An editor of this console, and how many of its changes are in the draft. */
export interface SavingEditor {
  readonly id: string;
  readonly changes: number;
}

/** Reads the draft of a flow, and who saved it. */
export async function readDraft(code: string): Promise<Draft> {
  const { body, revision = 0 } = await call<FlowDefinition>('GET', `/flows/${code}/draft`);
  const { draft } = await read<FlowRow>(`/flows/${code}`);
  if (draft.revision !== revision) return { flow: body, revision };
  const { by, editor } = draft;
  const [, id, changes] = /^([\d-]+)\.(\d+)$/.exec(editor ?? '') ?? [];
  return { flow: body, revision, by, ...(id === undefined ? {} : { editor: { id, changes: Number(changes) } }) };
}

/** What a draft is saved on, and by which editor. */
export interface SaveAs {
  readonly revision: number;
  readonly editor: SavingEditor;
}

/** Saves the draft of a flow if it is still at this revision; else the host answers 412. */
export async function saveDraft(flow: FlowDefinition, { revision, editor }: SaveAs): Promise<Checked & { readonly revision: number }> {
  type Saved = Checked & { readonly draft: { readonly revision: number } };
  const { body } = await call<Saved>('PUT', `/flows/${flow.code}/draft`, {
    body: flow,
    revision,
    editor: `${editor.id}.${editor.changes}`,
  });
  const { problems, outline, draft } = body;
  return { problems, revision: draft.revision, ...(outline ? { outline } : {}) };
}

/** Has the host check a definition. Nothing is stored. For people who may not do so, it has no problems. */
export async function checkFlow(flow: FlowDefinition): Promise<Checked> {
  try {
    return (await call<Checked>('POST', `/flows/${flow.code}/check`, { body: flow })).body;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 403) return { problems: [] };
    throw error;
  }
}
