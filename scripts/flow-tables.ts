import { GIVEN_OBJECTS, GIVEN_VARIABLES, type JsonObject } from '../src/contract/index.js';
import { SETTINGS, VARIABLE_DECLARATION } from '../src/flow/envelope-members.js';
import { jsonSchema } from '../src/flow/schema/json-schema.js';
import { anyMessageParams } from '../src/params/message.js';

/** Returns docs/flow-format.md, which is written by hand, with its tables generated from the schemas. */
export function withFlowTables(page: string): string {
  const tables: Readonly<Record<string, () => string>> = {
    settings: () => memberTable(membersOf(jsonSchema(SETTINGS))),
    given: givenTable,
    variables: () => memberTable(membersOf(jsonSchema(VARIABLE_DECLARATION))),
    messages: messageTable,
  };
  return Object.entries(tables).reduce((text, [name, make]) => {
    const place = new RegExp(`(<!-- table: ${name} -->\\n)[\\s\\S]*?(<!-- end of table -->)`);
    if (!place.test(text)) throw new Error(`the page has no place for the table of ${name}`);
    return text.replace(place, (_, begin: string, end: string) => `${begin}\n${make()}\n${end}`);
  }, page);
}

interface Member {
  readonly name: string;
  readonly form: string;
  readonly sentence: string;
}

function membersOf(schema: JsonObject): readonly Member[] {
  const members = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonObject>>);
  return members.map(([name, member]) => ({ name, form: formOf(member), sentence: String(member['description'] ?? '') }));
}

function memberTable(members: readonly Member[]): string {
  return `| member | a value such as | what it means |\n|---|---|---|\n${members.map(({ name, form, sentence }) => `| \`${name}\` | ${form} | ${sentence} |\n`).join('')}`;
}

/** Lists everything that templates can use without the flow setting it. */
function givenTable(): string {
  const from = { message: 'the message', person: 'the person', channel: 'the channel', call: 'a start by the API', campaign: 'a campaign' };
  const objects = GIVEN_OBJECTS.map(({ name, shape, sentence }) => {
    const list =
      typeof shape === 'object' && 'members' in shape && !shape.open
        ? ` Members: ${Object.keys(shape.members)
            .map((one) => `\`${one}\``)
            .join(', ')}.`
        : '';
    return `| \`${name}\` | at any time | ${sentence}${list} |\n`;
  });
  const variables = GIVEN_VARIABLES.map(({ name, by, sentence }) => `| \`${name}\` | ${from[by]} | ${sentence} |\n`);
  return `| name | given by | what it is |\n|---|---|---|\n${[...variables, ...objects].join('')}`;
}

/** Lists each member with the messages that have it, because most members mean the same in all of them. */
function messageTable(): string {
  const branches = jsonSchema(anyMessageParams())['allOf'] as readonly JsonObject[];
  const rows = new Map<string, Member & { readonly kinds: string[] }>();
  for (const [kind, schema] of kindsIn(branches[0]))
    for (const member of membersOf(schema)) {
      if (member.name === 'type') continue;
      const key = `${member.name} ${member.sentence}`;
      const row = rows.get(key) ?? { ...member, kinds: [] };
      row.kinds.push(kind);
      rows.set(key, row);
    }
  const lines = [...rows.values()].map(({ name, kinds, sentence }) => `| \`${name}\` | ${kinds.join(', ')} | ${sentence} |\n`);
  return `| member | of | what it means |\n|---|---|---|\n${lines.join('')}`;
}

/** Returns the schema for each type of message, from the chain of if, then and else. */
function kindsIn(branch: JsonObject | undefined): readonly (readonly [kind: string, schema: JsonObject])[] {
  const then = branch?.['then'] as JsonObject | undefined;
  if (!branch || !then) return [];
  const { properties } = branch['if'] as { readonly properties: { readonly type: { readonly enum: readonly string[] } } };
  return [[properties.type.enum[0] ?? '', then], ...kindsIn(branch['else'] as JsonObject | undefined)];
}

function formOf({ type, enum: values, maxLength, minimum, maximum }: JsonObject): string {
  if (Array.isArray(values)) return values.map((one) => `\`${String(one)}\``).join(', ');
  if (type === 'string') return `a text${typeof maxLength === 'number' ? ` of at most ${maxLength} characters` : ''}`;
  if (type === 'integer') return `a whole number${typeof minimum === 'number' ? `, ${minimum} to ${String(maximum)}` : ''}`;
  if (type === 'boolean') return '`true` or `false`';
  return 'any JSON';
}
