import { plugins } from '../../../plugins/all.js';
import type { Field } from '../../../src/contract/form.js';
import { describeNodeType } from '../../../src/flow/describe.js';

/** The forms of all node types that come with Parley, by type. */
export const forms: ReadonlyMap<string, Field> = new Map(plugins.map(({ node }) => [node.type, describeNodeType(node).form]));

/** Returns the form of a node type. */
export function formOfType(type: string): Field {
  const form = forms.get(type);
  if (!form) throw new Error(`no node type ${type}`);
  return form;
}

/** Returns the field of a member. */
export function memberOf({ fields = [] }: Field, name: string): Field {
  const found = fields.find((one) => one.name === name);
  if (!found) throw new Error(`no member ${name}`);
  return found.field;
}

/** Calls `see` for a field and all fields within it, each with where it was found. */
export function walkFields(field: Field, see: (field: Field, place: string) => void, place = ''): void {
  see(field, place);
  const named = [...(field.fields ?? []), ...(field.variants?.cases ?? []).flatMap((one) => one.fields)];
  for (const one of named) walkFields(one.field, see, `${place}/${one.name}`);
  if (field.item) walkFields(field.item, see, `${place}/0`);
  for (const one of field.anyOf ?? []) walkFields(one, see, place);
}
