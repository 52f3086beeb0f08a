import { GIVEN_OBJECTS, GIVEN_VARIABLES, type Problem } from '../../contract/index.js';
import type { HeldField } from '../held-fields.js';
import { attempt, type Checked, namesSetBy } from './checked.js';
import { warning } from './finding.js';

/** Warns of addresses that begin with a value from a person, who could lead the call to any host. */
export function checkAddresses(checked: Checked): readonly Problem[] {
  const written = writtenByPeople(checked);
  return checked.known.flatMap(({ node, at, fields }) =>
    fields.flatMap((field) => {
      const name = field.isAddress && checked.effort.spend(0) ? beginningOf(field, checked) : undefined;
      if (name === undefined || !written.has(name)) return [];
      return [
        warning({
          pointer: `${at}/params${field.pointer}`,
          node: node.id,
          code: 'call/address-from-person',
          message: `the address begins with "${name}", which a person writes: the call could go to any host`,
          hint: `Begin with the address of the system: https://shop.example/{{ ${name} }}. There the value is percent-encoded.`,
        }),
      ];
    }),
  );
}

/** Returns the variable of an expression at the very beginning of an address, or within its host. */
function beginningOf(field: HeldField, { read }: Checked): string | undefined {
  const beginning = /^\s*(?:https?:\/\/[^/?#{]*)?\{\{/i.exec(field.value)?.[0];
  if (beginning === undefined) return undefined;
  const output = field.value.slice(beginning.length - 2).split('}}', 1)[0] ?? '';
  return read({ holds: 'text', pointer: '', value: `${output}}}` }).reads[0]?.path[0];
}

/** Returns the names of variables and given objects that people write. */
export function writtenByPeople({ known }: Pick<Checked, 'known'>): ReadonlySet<string> {
  const answers = known.flatMap((node) => (attempt(() => node.type.waitsFor?.(node.loose)) === 'message' ? namesSetBy(node) : []));
  const given = [...GIVEN_OBJECTS, ...GIVEN_VARIABLES].filter((one) => 'isWritten' in one).map(({ name }) => name);
  return new Set([...given, ...answers]);
}
