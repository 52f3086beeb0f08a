import type { FlowQuery, FlowSummary, StoredFlow } from '../contract/store/index.js';
import { fold, foldWords } from '../text/fold.js';

/** What lists sort by. Each key ends with the code, so that no two flows have the same. */
export interface FlowKeys {
  readonly code: string;
  readonly name: string;
  readonly updatedAt: string;
}

/** The characters of a name that decide its place. A cursor has the key of the last flow. */
const NAME_LENGTH = 60;
/** Greater than every key. */
const LAST = '\u{10ffff}';

/** Returns a flow as lists show it. */
export function summaryOf({ draft: { definition, ...draft }, ...flow }: StoredFlow): FlowSummary {
  return { ...flow, draft, triggers: definition.triggers };
}

/** Returns the places of a flow in the lists. */
export function flowKeys({ code, name, updatedAt }: Pick<StoredFlow, keyof FlowKeys>): FlowKeys {
  // A tab comes before everything that a name can have.
  return { code, name: `${[...foldWords(name)].slice(0, NAME_LENGTH).join('')}\t${code}`, updatedAt: `${updatedAt}\t${code}` };
}

/** A list as an index is read for it: by which key, in which direction, and after which key. */
export interface FlowOrder {
  readonly by: keyof FlowKeys;
  readonly isDescending: boolean;
  readonly after: string;
}

export function orderOf({ sort = 'code', after }: Pick<FlowQuery, 'sort' | 'after'>): FlowOrder {
  const isDescending = sort.startsWith('-');
  return { by: sort.replace('-', '') as keyof FlowKeys, isDescending, after: after ?? (isDescending ? LAST : '') };
}

/** Returns true if a flow is one of those that a list was asked for. The text may have any case, width or encoding. */
export function fitsQuery({ text, state, trigger, channel }: FlowQuery): (flow: FlowSummary) => boolean {
  const wanted = text === undefined ? undefined : fold(text);
  return (flow) =>
    (state === undefined || flow.state === state) &&
    (trigger === undefined || flow.triggers.some(({ type }) => type === trigger)) &&
    (channel === undefined || flow.channels.includes(channel)) &&
    (wanted === undefined || holdsText(flow, wanted, text === ''));
}

/** A text of nothing but invisible characters is found nowhere; an empty one everywhere. */
function holdsText({ code, name, remark }: FlowSummary, wanted: string, isEmpty: boolean): boolean {
  if (wanted === '') return isEmpty;
  return [code, name, remark].some((one) => fold(one).includes(wanted));
}
