import type { Json, NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { asTyped, asWritten } from '../../src/params/reading.js';
import { coerce } from '../../src/params/variable-value.js';
import { writtenShape } from '../../src/params/written-shape.js';
import { readName } from '../../src/text/read-name.js';
import { params, type SetParams } from './params.js';

const OF_CONTACT = 'contact.';
/** Members of a contact that are not fields. */
const OWN: readonly string[] = ['name', 'language', 'timeZone'];

/** Sets variables and fields of the contact. A row can read those above it. */
export const node: NodeType<SetParams> = {
  type: 'set-variables',
  version: 1,
  title: 'Set variables',
  sentence: 'Sets variables of the flow and fields of the contact.',
  words: ['assign', 'save', 'store', 'field', 'calculate', 'remember'],
  icon: 'braces',
  group: 'core',
  params,
  blank: { set: [{ name: '', value: '' }] },
  summary: ['/set'],
  ports: [{ name: 'next' }],
  sets: ({ set }) => set.map(({ name }) => name).filter((name) => !name.startsWith(OF_CONTACT)),
  setTypes: ({ set }) => Object.fromEntries(set.map(({ name, type, value }) => [name, type ?? writtenShape(value)])),
  enter,
};

function enter(scope: NodeScope<SetParams>): NodeOutcome {
  const set: Record<string, Json> = {};
  const fields: Record<string, Json> = {};
  const own: Record<string, string> = {};
  for (const row of scope.params.set) {
    const value = typed(scope, row, scope.value(row.value, set));
    if (!row.name.startsWith(OF_CONTACT)) set[row.name] = value;
    else {
      const member = row.name.slice(OF_CONTACT.length);
      if (OWN.includes(member)) own[member] = ownText(member, value);
      else fields[member] = value;
    }
  }
  const hasFields = Object.keys(fields).length > 0;
  const setContact = { ...own, ...(hasFields ? { fields } : {}) };
  return { set, ...(hasFields || Object.keys(own).length > 0 ? { setContact } : {}), then: { exit: 'next' } };
}

/** A name without visible characters becomes empty. */
function ownText(member: string, value: Json): string {
  const text = String(coerce(value, 'text') ?? '');
  return member === 'name' ? (readName(text) ?? '') : text;
}

function typed(scope: NodeScope<SetParams>, { name, type, value: source }: SetParams['set'][number], value: Json): Json {
  if (type === undefined) return value;
  // A value without templates was written in the flow file; any other may have been typed by a person.
  const made = coerce(value, type, value === source ? asWritten(scope.timeZone) : asTyped(scope));
  if (made === undefined) scope.warn('variable/wrong-type', `the value of ${name} is not a ${type}; it becomes null`);
  return made ?? null;
}
