import { readFileSync } from 'node:fs';
import type { AnyNodeType, Field, Plugin } from '../src/contract/index.js';
import { formOf } from '../src/flow/form/form-of.js';

/** The groups of node types, in the order in which the index lists them. */
const GROUPS: Readonly<Record<AnyNodeType['group'], string>> = {
  messaging: 'Messaging',
  core: 'Core',
  intelligence: 'Intelligence',
  contact: 'Contact',
};

/** Returns a page for each node type, made of its descriptor, its schema and its README, and the index of all. */
export function nodePages(plugins: readonly Plugin[], made: string): Readonly<Record<string, string>> {
  const nodes = plugins.map(({ node }) => node);
  return {
    'docs/node-types.md': `${made}\n# Node types\n\nThe params of a node are checked against the schema of its type; \`GET /api/flow-schema.json\` has all of them. Messages, rules and templates\nare explained in [flow-format.md](flow-format.md) and [language.md](language.md).\n${Object.entries(
      GROUPS,
    )
      .map(([group, title]) =>
        indexOf(
          title,
          nodes.filter((one) => one.group === group),
        ),
      )
      .join('')}`,
    ...Object.fromEntries(nodes.map((node) => [`docs/nodes/${node.type}.md`, pageOf(node, made)])),
  };
}

function indexOf(title: string, nodes: readonly AnyNodeType[]): string {
  const rows = nodes.map(({ type, title: name, sentence }) => `| [\`${type}\`](nodes/${type}.md) | ${name} | ${cell(sentence)} |\n`);
  return `\n## ${title}\n\n| type | name | what it does |\n|---|---|---|\n${rows.join('')}`;
}

function pageOf(node: AnyNodeType, made: string): string {
  const { type, version, title, sentence, params } = node;
  const readme = readFileSync(`plugins/${type}/README.md`, 'utf8')
    .replace(/^# .*\n+/, '')
    .trimEnd();
  const rows = rowsOf(formOf(params), '');
  const table = `| param | a value such as | what it means |\n|---|---|---|\n${rows.join('')}`;
  return `${made}\n# ${title}\n\n\`${type}\`, version ${version}. ${sentence}\n\n${readme}\n\n## Params\n\n${rows.length > 0 ? table : 'None.\n'}\n[All node types](../node-types.md)\n`;
}

/** Returns a row for each field, those of objects and lists behind them: `save[].name`. */
function rowsOf(field: Field, path: string): readonly string[] {
  const inner = field.kind === 'list' ? { field: field.item, path: `${path}[]` } : { field, path };
  const fields = isExplainedElsewhere(field) ? [] : [...(inner.field?.fields ?? []), ...variantsOf(inner.field)];
  const seen = new Set<string>();
  return fields.flatMap(({ name, field: one }) => {
    const place = inner.path === '' ? name : `${inner.path}.${name}`;
    const row = `| \`${place}\` | ${cell(valueWords(one))} | ${cell(meaningOf(one))} |\n`;
    if (seen.has(row)) return [];
    seen.add(row);
    return [row, ...rowsOf(one, place), ...(one.anyOf ?? []).flatMap((choice) => rowsOf(choice, place))];
  });
}

function variantsOf(field: Field | undefined): NonNullable<Field['fields']> {
  return field?.variants?.cases.flatMap((one) => one.fields) ?? [];
}

/** A message and a condition have sections of their own. */
function isExplainedElsewhere({ kind, control }: Field): boolean {
  return control === 'message' || kind === 'condition';
}

const KINDS: Readonly<Record<Field['kind'], string>> = {
  text: 'a text with templates',
  sealed: 'a text with templates and secrets',
  expression: 'an expression',
  result: 'an expression over the result',
  regex: 'a regular expression (RE2)',
  variable: 'the name of a variable',
  flow: 'the code of a flow',
  channel: 'the id of a channel',
  json: 'any JSON, with templates in its texts',
  any: 'any JSON',
  string: 'a text',
  number: 'a number',
  boolean: '`true` or `false`',
  choice: '',
  duration: 'a duration',
  object: 'an object',
  list: 'a list',
  map: 'an object with any names',
  condition: 'a [rule](../flow-format.md#rules)',
  alternatives: '',
};

function valueWords(field: Field): string {
  const { kind, control, values = [], min, max, integer, unit, anyOf = [] } = field;
  if (control === 'message') return 'a [message](../flow-format.md#messages)';
  if (kind === 'choice') return values.map(({ value }) => `\`${JSON.stringify(value).replaceAll('"', '')}\``).join(', ');
  if (kind === 'alternatives') return [...new Set(anyOf.map(valueWords))].join(', or ');
  if (kind === 'number') {
    const bounds = min !== undefined && max !== undefined ? `, ${min} to ${max}` : min !== undefined ? `, at least ${min}` : '';
    return `${integer ? 'a whole number' : 'a number'}${unit ? ` of ${unit}` : ''}${bounds}`;
  }
  return KINDS[kind];
}

function meaningOf({ sentence = '', label = '', required, default: standard, control }: Field): string {
  const value = standard === undefined || control === 'message' ? '' : ` Default: \`${JSON.stringify(standard)}\`.`;
  return `${required ? '**Required.** ' : ''}${sentence === '' ? label : sentence}${value}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
