import { GIVEN_OBJECTS, type Shape, typeOfShape, VARIABLE_TYPES } from '../src/contract/index.js';
import { describeLanguage } from '../src/flow/language.js';

const INTRODUCTION = `# The language of flows

Texts in a flow are [Liquid](https://liquidjs.com) templates: \`Hello {{ customerName }}\`. Rules, and some params, are expressions without braces:
\`order.total\`. This page lists everything that they can use; [flow-format.md](flow-format.md#templates) explains them with examples that a test
plays. \`GET /api/language\` has the same as JSON.

- **A path** leads into a value: \`order.items[0].title\`. \`items.size\`, \`items.first\` and \`items.last\` are the length and the ends of a list.
- **A filter** changes a value: \`{{ price | times: 1.19 | round: 2 }}\`. What comes out is the value of the next filter.
- **A value keeps its type** if a field is one expression alone: \`"{{ order.items }}"\` is the list. In other texts it is written as words, numbers in
  plain digits, lists and objects as JSON.
- **What is missing** becomes an empty text, with a warning in the turn log. \`{{ name | default: "friend" }}\` shows something else.

## What the check knows of values

A type of a variable is ${Object.entries(VARIABLE_TYPES)
  .map(([type, title]) => `\`${type}\` (${title.toLowerCase()})`)
  .join(
    ', ',
  )}. The check follows what each variable holds: what it is declared as, what nodes save in it, the members of an example (\`sample\`) or of a
JSON Schema (\`schema\`) of an HTTP answer, the loops and copies that lead on. It warns of

- a member that a value never has ([template/unknown-member](errors.md#template-unknown-member)),
- an index of what is not a list ([template/not-a-list](errors.md#template-not-a-list)),
- a number that a value can never be ([template/never-a-number](errors.md#template-never-a-number)),
- JSON that a person would read ([template/shows-json](errors.md#template-shows-json)),
- a variable that is read where a run can arrive without having set it, with the way there ([flow/maybe-unset](errors.md#flow-maybe-unset)). A read
  with \`default\`, in an \`if\` that tests the variable, behind a branch that has found a value in it, or of an input is not reported. A node has set
  nothing behind its ports for failures and time-outs.
`;

/** Returns the page of the language: what is given, filters and operators. */
export function languagePage(made: string): string {
  const { given, filters, operators } = describeLanguage();
  const objects = new Map(GIVEN_OBJECTS.map(({ name, shape }) => [name, shape]));
  const givenRows = given.map(({ name, type, sentence, on }) => {
    const where = on.length === 1 ? ` Only on ${on[0] === 'whatsapp' ? 'WhatsApp' : 'Viber'}.` : '';
    return `| \`${name}\` | ${type} | ${cell(sentence + where)} |\n`;
  });
  const memberRows = [...objects].flatMap(([name, shape]) => membersOf(name, shape));
  const groups = [...new Set(filters.map(({ of }) => of))];
  const filterTables = groups.map((group) => {
    const rows = filters
      .filter(({ of }) => of === group)
      .map(
        ({ name, sentence, example, result }) => `| \`${name}\` | ${cell(sentence)} | \`{{ ${cell(example)} }}\` | \`${cell(result)}\` |\n`,
      );
    return `\n### ${FILTERS_OF[group]}\n\n| filter | what it does | example | shows |\n|---|---|---|---|\n${rows.join('')}`;
  });
  const operatorRows = operators.map(({ name, title, of, takes }) => `| \`${name}\` | ${title} | ${of} | ${TAKES[takes]} |\n`);
  return [
    `${made}\n${INTRODUCTION}`,
    `\n## Given variables and objects\n\n| name | type | what it is |\n|---|---|---|\n${givenRows.join('')}`,
    `\n### Their members\n\n| path | type |\n|---|---|\n${memberRows.join('')}`,
    `\n## Filters\n\n\`names\`, \`items\`, \`price\` and \`day\` stand for variables of a flow.\n${filterTables.join('')}`,
    `\n## Operators of rules\n\n| operator | reads as | compares | right side |\n|---|---|---|---|\n${operatorRows.join('')}`,
  ].join('');
}

const FILTERS_OF = {
  any: 'For any value',
  text: 'For texts',
  number: 'For numbers',
  boolean: 'For yes and no',
  date: 'For dates',
  list: 'For lists',
  object: 'For objects',
} as const;

const TAKES: Readonly<Record<ReturnType<typeof describeLanguage>['operators'][number]['takes'], string>> = {
  value: 'a value or a template',
  nothing: 'none',
  range: '`[from, to]`, both included',
  list: 'a list, or a text with commas',
  words: 'words, as a list or a text with commas',
  regex: 'a regular expression (RE2)',
  hours: '`{ "days", "from", "to" }`',
};

/** Returns a row for each member, at all depths. */
function membersOf(path: string, shape: Shape): readonly string[] {
  if (typeof shape === 'string') return [];
  if ('items' in shape) return membersOf(`${path}[0]`, shape.items);
  return Object.entries(shape.members).flatMap(([name, one]) => [
    `| \`${path}.${name}\` | ${typeOfShape(one) ?? 'any'} |\n`,
    ...membersOf(`${path}.${name}`, one),
  ]);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
