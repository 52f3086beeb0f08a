import { read } from '../api/client.js';
import type { NodeDescriptor, NodeDescriptors } from '../api/descriptors.js';
import { loadTemplateEditor } from '../form/template/load-editor.js';
import { type BrowserKeep, noKeep, openBrowserKeep } from './browser-keep.js';
import { checkFlow, readDraft } from './draft-calls.js';
import type { LeftBehind } from './keep.js';
import { newestChange, openFlow } from './open-flow.js';
import { unpackSteps } from './packed-steps.js';
import type { Opened } from './store.js';

/** All that an editor begins with. */
export interface OpenedHere {
  readonly opened: Opened;
  readonly browserKeep: BrowserKeep;
  /** What was left in the browser and is in the flow: it can be forgotten once the host has it. */
  readonly taken: LeftBehind | undefined;
}

/** Reads the draft of a flow and what this browser has kept of it. */
export async function openHere(code: string): Promise<OpenedHere> {
  // Soon needed, and not to be had later if the network goes away. A field that needs it says what went wrong.
  loadTemplateEditor().catch(() => undefined);
  const [draft, browserKeep] = await Promise.all([readDraft(code), openBrowserKeep(code).catch(noKeep), wordsCanBeMeasured()]);
  const host = { ...draft, ...(await checkFlow(draft.flow)) };
  const steps = unpackSteps(sessionStorage.getItem(stepsKey(code)) ?? '');
  const { left, forget } = browserKeep;
  const taken = newestChange(host, left);
  const rest = left.filter((kept) => kept !== taken && newestChange(host, [kept]) === undefined);
  await Promise.all(rest.map(forget));
  return { opened: openFlow(host, { kept: left, ...(steps ? { steps } : {}) }), browserKeep, taken };
}

/** The name under which the store of the tab has the steps of undo of a flow. */
export function stepsKey(code: string): string {
  return `parley.steps.${code}`;
}

/** Reads the node types of the host, in the order of the palette. */
export async function readNodeTypes(signal: AbortSignal): Promise<NodeDescriptors> {
  const { items } = await read<{ items: NodeDescriptor[] }>('/node-types', signal);
  return new Map(items.map((type) => [type.type, type]));
}

/** The sizes of cards follow from the widths of words, which are known once the font is there. */
async function wordsCanBeMeasured(): Promise<void> {
  const fonts = ['400 13px "Inter Variable"', '600 13px "Inter Variable"', '600 11.5px "Inter Variable"'];
  await Promise.race([Promise.all(fonts.map((font) => document.fonts.load(font))), new Promise((done) => setTimeout(done, 2_000))]);
}
