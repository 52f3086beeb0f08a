import type { Json, NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { asTyped, asWritten } from '../../src/params/reading.js';
import { coerce } from '../../src/params/variable-value.js';
import { readName } from '../../src/text/read-name.js';
import { params, type SetParams } from './params.js';

const OF_CONTACT = 'contact.';
/** What a contact has beside its fields. */
const OWN: readonly string[] = ['name', 'language', 'timeZone'];

/** Sets variables, and fields of the contact; a row sees what the rows above it have set. */
export const node: NodeType<SetParams> = {
  type: 'set-variables',
  version: 1,
  title: 'Set variables',
  group: 'core',
  params,
  ports: [{ name: 'next' }],
  sets: ({ set }) => set.map(({ name }) => name).filter((name) => !name.startsWith(OF_CONTACT)),
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

/** A name that nobody can see is no name. */
function ownText(member: string, value: Json): string {
  const text = String(coerce(value, 'text') ?? '');
  return member === 'name' ? (readName(text) ?? '') : text;
}

function typed(scope: NodeScope<SetParams>, { name, type, value: source }: SetParams['set'][number], value: Json): Json {
  if (type === undefined) return value;
  // What no template has filled stands in the flow file.
  const made = coerce(value, type, value === source ? asWritten(scope.timeZone) : asTyped(scope));
  if (made === undefined) scope.warn('variable/wrong-type', `${name} is to be of type ${type}, and is not; it is left empty`);
  return made ?? null;
}
