import type { FlowDefinition } from '../../../../src/contract/flow.js';

/** What a text holds: a flow, as far as one can see without the check of the host, or what is wrong with it. */
export type FlowFile =
  | { readonly flow: FlowDefinition }
  | { readonly problem: { readonly place: string; readonly message: string; readonly hint?: string } };

/** Reads the text of a flow file. Whether all members are as they should be is found out by the host. */
export function readFlowFile(text: string): FlowFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return {
      problem: { place: placeOf(error, text), message: 'This is not valid JSON.', hint: error instanceof Error ? error.message : '' },
    };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return {
      problem: {
        place: '',
        message: 'This is JSON, but not a flow: a flow file is an object.',
        hint: 'Export a flow to see what one looks like.',
      },
    };
  return { flow: value as FlowDefinition };
}

/** Line and column of the mistake, where the browser says at which character it is. */
function placeOf(error: unknown, text: string): string {
  const found = /position (\d+)/.exec(String(error));
  if (!found) return '';
  const before = text.slice(0, Number(found[1])).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
