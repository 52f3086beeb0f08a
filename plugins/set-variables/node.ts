import type { Json, NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { coerce } from '../../src/params/variable-value.js';
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
  ports: () => ['next'],
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
    else if (OWN.includes(row.name.slice(OF_CONTACT.length))) own[row.name.slice(OF_CONTACT.length)] = String(coerce(value, 'text') ?? '');
    else fields[row.name.slice(OF_CONTACT.length)] = value;
  }
  const hasFields = Object.keys(fields).length > 0;
  const setContact = { ...own, ...(hasFields ? { fields } : {}) };
  return { set, ...(hasFields || Object.keys(own).length > 0 ? { setContact } : {}), then: { exit: 'next' } };
}

function typed(scope: NodeScope<SetParams>, { name, type }: SetParams['set'][number], value: Json): Json {
  if (type === undefined) return value;
  const made = coerce(value, type, scope.timeZone);
  if (made === undefined) scope.warn('variable/wrong-type', `${name} is to be of type ${type}, and is not; it is left empty`);
  return made ?? null;
}
