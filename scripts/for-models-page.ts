import { readFileSync } from 'node:fs';
import type { AnyNodeType, Plugin, PortRule } from '../src/contract/index.js';
import { jsonSchema } from '../src/flow/schema/json-schema.js';
import { OPERATOR_NAMES } from '../src/params/operators.js';
import { FILTERS } from '../src/template/filter-list.js';

/** The maximum size of the page in bytes: it has to leave room for the schema and the brief. */
export const MAX_PAGE_BYTES = 12_000;

/** The flows on the page. A test checks and plays them. */
export const PAGE_FLOWS = ['table', 'order', 'visit'] as const;

/** Returns the page that is all that a language model needs beside the JSON Schema of flow files. */
export function forModelsPage(plugins: readonly Plugin[]): string {
  const [table, order, visit] = PAGE_FLOWS.map(flowNamed);
  return `# Write flows for Parley

For language models, with \`GET /api/flow-schema.json\`, which has every param. Answer with one JSON object.

## Form

- \`nodes\` are \`{ id, type, params }\`, \`edges\` \`{ from, port, to }\`. One \`start\`, one \`end\` or more. At most one edge leaves a port. A port without an edge ends the flow; a call's \`failed\` without an edge sends \`settings.onError\`.
- \`code\`, branch names and choice ids are small letters, digits and hyphens: they become ports. Unknown members are errors.
- Triggers: \`TriggeredByWhatsApp\`, \`TriggeredByViber\` with \`match\` (\`keywords\`: its first words, or \`"keywordMode": "anywhere"\`; \`regex\`, \`messageTypes\`, \`events\`; none: any message); \`TriggeredManually\` (the API; its data are \`variables\` with \`"input": true\`); \`TriggeredByFlow\`.
- \`send-message\` and \`ask-question\` speak on both platforms. Messages: \`text\`, \`image\` / \`video\` / \`document\` (\`url\`, \`text\`; Viber needs \`sizeBytes\` of the last two), \`audio\`, \`location\`, \`link\` (\`text\`, \`button\`, \`url\`), \`template\` (WhatsApp: \`name\`, \`language\`, \`body\`, \`buttons\`: \`[{ "index": 0, "payload": "yes" }]\`), \`carousel\`. With \`choices\`: up to 3 are buttons (titles of 20 characters), 10 a list (24); of a list: \`{ "from": "items", "id": "{{ item.id }}", "title": "{{ item.name }}" }\`, by the port \`answered\`.
- \`ask-question\` sends, waits (23 hours, or \`timeout\`), checks, saves. \`answer.type\`: choice, choices, text, number, integer, email, phone, date, location, media, regex. Each choice is a port; a choice without an edge leaves by \`answered\`. \`saveAs\` gets the *title*, or for media \`{ mediaUrl }\`; \`lastMessage.choice\` is the id, also of a template's button after \`wait-for-response\`.
- \`save\` of a call: rows \`{ name, from }\`, \`from\` over \`{ status, headers, body }\`. After \`failed\` read \`failure.code\`, \`.reason\`, \`.status\`. Secrets, in calls only: \`{{ secrets.NAME }}\`.
- Texts are Liquid; one \`{{ expression }}\` alone keeps its type. Given: \`customerName\`, \`incomingMessage\`, \`lastMessage.text\`, \`.type\`, \`.mediaUrl\`, \`contact.name\`, \`.phone\`, \`.language\` and your fields \`contact.x\` (set by \`set-variables\`), \`channel.platform\`, \`now\`. Filters: ${FILTERS_SHOWN.filter((name) => FILTERS.some((one) => one.name === name)).join(', ')}, and Liquid's others. Tags: if, unless, case, for, assign.
- A rule is \`{ variable, operator, value }\`, \`{ all: [] }\`, \`{ any: [] }\` or \`{ not }\`. Operators: ${OPERATORS_SHOWN.filter((name) => OPERATOR_NAMES.includes(name)).join(', ')}; more in the schema.
- Translations stand beside \`params\`: \`"locales": { "es": { "/message/text": "Hola" } }\`; \`contact.language\` chooses (\`set-contact\`).

## Node types

\`|\`: one of them is needed. A param switches ports with \`*\` on.

|type|what it does|needs|ports|
|---|---|---|---|
${plugins.map(({ node }) => rowOf(node)).join('')}
## Right and wrong

|wrong|right|
|---|---|
|\`"port": "next"\` from a question or a wait|\`answered\`, \`replied\`, a choice id|
|an edge from \`notReplied\` alone|also \`"timeoutBranch": true\` in that node|
|\`"timeout": "10m"\`|\`{ "value": 10, "unit": "minutes" }\` (to 30 days)|
|\`"variable": "{{ n }}"\`, \`"saveAs": "{{ n }}"\`|\`"n"\`|
|\`{{ a \\|\\| "b" }}\`|\`{{ a \\| default: "b" }}\`|
|\`"body": { "a": 1 }\` in http-request|\`{ "json": { "a": 1 } }\`|
|going back for ever|a \`jump\` in the circle|
|a text on WhatsApp after 24 hours of silence, or first after \`TriggeredManually\`|a \`template\`, or \`"ifWindowClosed": { "then": "skip" }\`|
|reading after \`invalid\`, \`notReplied\` or \`failed\` what is not set there|\`{{ x \\| default: "-" }}\`, or a \`default\` in \`variables\`|
|dates or times of day without a zone|\`"settings": { "timeZone": "Europe/Berlin" }\`|

## Check and mend

\`parley check flow.json --json\` (or \`POST /api/flows/{code}/check\`) lists \`{ pointer, code, node?, message, hint, severity, mend? }\`. \`mend\` is a JSON Patch of the file; apply them in order, or run \`--mend\`. Mend the rest by \`hint\`, then check again. Read warnings, too.

## Three whole flows

Both platforms, a reminder, a human:

${table}
A call, its failure, another try:

${order}
Begun by the API, after a wait:

${visit}`;
}

const FILTERS_SHOWN: readonly string[] = [
  'default',
  'upcase',
  'replace',
  'join',
  'plus',
  'minus',
  'times',
  'divided_by',
  'round',
  'money',
  'date',
  'json',
];

/** Sentences of node types whose own ones are long, or say little before their first comma. */
const SHORTER: Readonly<Record<string, string>> = {
  'call-function': 'Calls your function over HTTP',
  'forward-to-flow': 'Ends this flow, begins another',
  'hand-over': 'A human answers, then gives back',
  jump: 'Leads back, at most `limit` times',
  'random-split': 'Sends people by different ways',
  'run-code': 'Runs JavaScript over the variables',
  'send-viber-message': 'Sends on Viber',
  'send-whatsapp-message': 'Sends on WhatsApp',
  'ask-question': 'Asks, checks the answer, saves it',
  'classify-text': 'A language model chooses a category',
  'conditional-branch': 'Goes on by the first true condition',
  dialogue: 'A language model talks with the person',
  'generate-text': 'A language model writes a text',
  'http-request': 'Calls another system, saves parts of the answer',
  'recognize-entities': 'Finds e-mails, phones, links, dates',
  'send-email': 'Sends an e-mail',
  'send-message': 'Sends on the platform of the person',
  'send-sms': 'Sends an SMS',
  'send-typing-indicator': 'Shows "typing…"',
  'set-contact': 'Sets name, language, time zone, fields, opt-out',
  'set-variables': 'Sets variables, fields of the contact',
  start: 'Begins the flow',
  'wait-for-response': 'Waits for a message, saves it',
};

const OPERATORS_SHOWN: readonly string[] = [
  'stringEquals',
  'stringContains',
  'stringStartsWith',
  'stringIn',
  'stringHasAnyWord',
  'stringIsBlank',
  'stringIsNotBlank',
  'numberEquals',
  'numberGreaterThan',
  'numberGreaterOrEqual',
  'numberLessThan',
  'numberLessOrEqual',
  'numberBetween',
  'dateGreaterThan',
  'dateLessThan',
  'isWithinHours',
  'exists',
  'isTrue',
];

function rowOf(node: AnyNodeType): string {
  // What comes behind the first comma is a detail.
  const [sentence = ''] = node.sentence.split(/[,.:]/);
  const purpose = SHORTER[node.type] ?? sentence;
  return `|${node.type}|${purpose}|${needed(node)}|${node.ports.map(portWords).join(', ')}|\n`;
}

/** The params without which a node is invalid, and those of which it needs one. */
function needed({ params }: AnyNodeType): string {
  const { required } = jsonSchema(params);
  const { dependencies = [] } = params.describe() as {
    readonly dependencies?: readonly { readonly rel: string; readonly peers: readonly string[] }[];
  };
  const some = dependencies.filter(({ rel }) => rel === 'xor' || rel === 'or').map(({ peers }) => peers.join(' \\| '));
  return [...(Array.isArray(required) ? required : []), ...some].join(', ');
}

function portWords(rule: PortRule): string {
  if ('each' in rule) return `each of ${rule.each.slice(rule.each.lastIndexOf('/') + 1)}`;
  return rule.when === undefined ? rule.name : `${rule.name}*`;
}

/** Returns a flow as JSON, a line for each node. */
function flowNamed(name: string): string {
  const { nodes, edges, ...head } = JSON.parse(readFileSync(`docs/for-models/${name}.json`, 'utf8')) as Record<string, readonly unknown[]>;
  const lines = (list: readonly unknown[] | undefined) => (list ?? []).map((one) => JSON.stringify(one)).join(',\n');
  return `\`\`\`json\n${JSON.stringify(head).slice(0, -1)},\n"nodes":[${lines(nodes)}],\n"edges":[${(edges ?? []).map((one) => JSON.stringify(one)).join(',')}]}\n\`\`\`\n`;
}
