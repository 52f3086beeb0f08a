import type { Problem } from '../../contract/index.js';
import { writtenByPeople } from './check-addresses.js';
import type { Checked } from './checked.js';
import { warning } from './finding.js';

/** People seldom attack by their names, and nearly every prompt has them. */
const HARMLESS: ReadonlySet<string> = new Set(['customerName']);

/** Warns of instructions for a language model that contain what a person writes. */
export function checkPrompts(checked: Checked): readonly Problem[] {
  const prompts = checked.known.flatMap(({ node, at, fields }) =>
    fields.filter(({ instructs }) => instructs).map((field) => ({ field, node: node.id, pointer: `${at}/params${field.pointer}` })),
  );
  if (prompts.length === 0) return [];
  const written = writtenByPeople(checked);
  return prompts.flatMap(({ field, node, pointer }) => {
    const names = checked.effort.spend(0) ? checked.read(field).reads.map(({ path: [root] }) => root) : [];
    const name = names.find((one) => written.has(one) && !HARMLESS.has(one));
    if (name === undefined) return [];
    return [
      warning({
        pointer,
        node,
        code: 'model/person-in-prompt',
        message: `the instructions contain "${name}", which a person writes: it could change what the model does`,
        hint: 'Put it into "input". Where the model talks with the person, leave it out: it gets all messages anyway.',
      }),
    ];
  });
}
