import { type FlowDefinition, type FlowNode, isMessageTrigger, type Json, TRIGGER_PLATFORM } from '../src/contract/index.js';
import { isObject } from '../src/contract/json/json-members.js';
import { valueAt } from '../src/contract/json/json-pointer.js';
import type { NodeTypes } from '../src/flow/program.js';
import { relatedTemplates } from '../src/manage/related-flows.js';
import type { Template } from '../src/manage/templates.js';

/** Returns the page that lists the templates: for whom each is, and what to set before it is published. */
export function templatesPage(made: string, templates: readonly Template[], nodeTypes: NodeTypes): string {
  const sections = templates.map((one) => section(one, relatedTemplates(one.id, templates, nodeTypes)));
  return `${made}
# Templates

Ready-made flows, in the gallery of the console and at \`GET /api/templates\`. \`POST /api/flows\` with \`{ "template": "order-status" }\` makes a flow
of one. With \`"related": true\`, as in the console, the flows that it needs come too if they are missing, and name each other by the codes that they
get; without it, keep the codes of the list, because flows name each other by them. Publish what a flow needs before it. A template whose flow calls a system of yours has the address in a variable, and its
secret is the setting \`PARLEY_SECRET_<NAME>\` of the host. WhatsApp templates have to be approved by Meta first. The tests of each are in
\`templates/tests\`, and show every call with its answer: \`parley test templates/tests/order-status\`.

${sections.join('\n')}`;
}

function section({ id, definition: flow }: Template, related: readonly Template[]): string {
  const { name, remark = '', variables = [], nodes, notes = [] } = flow;
  const text = JSON.stringify(flow);
  const variable = ({ name, title, default: value }: (typeof variables)[number]) =>
    `\`${name}\`${title === undefined ? '' : ` (${title})`}${value === undefined || value === null ? '' : `: \`${JSON.stringify(value)}\``}`;
  const changing = nodes.flatMap(({ params: { set, save, saveAs } }) => [...namesOf(set), ...namesOf(save), saveAs]);
  const isSetting = ({ name: one, input, default: value }: (typeof variables)[number]) =>
    !input &&
    !changing.includes(one) &&
    (typeof value === 'number' || ((typeof value === 'string' || Array.isArray(value)) && value.length > 0));
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Starts by', startsOf(flow)],
    ['Languages', languagesOf(flow)],
    ['Needs', related.map((one) => `\`${one.id}\``)],
    ['Inputs of a start', variables.filter(({ input }) => input).map(variable)],
    ['To set', variables.filter(isSetting).map(variable)],
    ['Secrets', distinct([...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, secret]) => `\`${secret}\``))],
    ['Calls', distinct(nodes.flatMap(callOf))],
    ['WhatsApp templates', distinct(nodes.flatMap((node) => [...templatesIn(node.params), ...translatedTemplates(node)]))],
  ];
  const filled = rows
    .filter(([, values]) => values.length > 0)
    .map(([title, values]) => `| ${title} | ${values.join('<br>').replaceAll('|', '\\|')} |\n`);
  const told = notes.map(({ text: note }) => `\n${note}\n`).join('');
  return `## ${name}\n\n\`${id}\`: ${remark}\n\n| | |\n|---|---|\n${filled.join('')}${told}`;
}

function startsOf({ triggers }: FlowDefinition): readonly string[] {
  return triggers.map((trigger) => {
    if (!isMessageTrigger(trigger)) return trigger.type === 'TriggeredManually' ? 'the API' : 'another flow';
    const { keywords = [], regex, messageTypes = [], events = [], contexts = [], referral } = trigger.match ?? {};
    const words = [
      ...keywords.map((word) => `“${word}”`),
      ...(regex === undefined ? [] : ['a pattern']),
      ...messageTypes,
      ...events,
      ...contexts,
      ...(referral === undefined ? [] : ['an ad or post']),
    ];
    const platform = TRIGGER_PLATFORM[trigger.type] === 'viber' ? 'Viber' : 'WhatsApp';
    return `${platform}: ${words.length === 0 ? 'any message' : words.join(', ')}${trigger.atAnyTime ? ' (at any time)' : ''}`;
  });
}

function languagesOf({ settings = {}, nodes }: FlowDefinition): readonly string[] {
  return [distinct([settings.locale ?? 'en', ...nodes.flatMap(({ locales = {} }) => Object.keys(locales))]).join(', ')];
}

function namesOf(rows: Json | undefined): readonly string[] {
  return Array.isArray(rows) ? (rows as readonly Json[]).flatMap((row) => (isObject(row) ? [String(row['name'])] : [])) : [];
}

function callOf({ type, params: { method = 'GET', url, function: name } }: FlowNode): readonly string[] {
  if (type === 'http-request') return [`\`${method} ${url}\``];
  return type === 'call-function' ? [`\`${name}\` of \`${url}\``] : [];
}

/** Returns the WhatsApp templates in the params of a node, with their languages. */
function templatesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(templatesIn);
  if (!isObject(value)) return [];
  const { type, name, language } = value;
  const members = Object.values(value).flatMap((member) => (member === undefined ? [] : templatesIn(member)));
  return type === 'template' && typeof name === 'string' ? [`\`${name}\` (${String(language)})`] : members;
}

/** Returns the WhatsApp templates of a node in the languages of its translations. */
function translatedTemplates({ params, locales = {} }: FlowNode): readonly string[] {
  const texts = Object.values(locales).flatMap((one) => Object.entries(one));
  return texts.flatMap(([pointer, language]) => {
    const template = pointer.endsWith('/language') ? valueAt(params, pointer.slice(0, -'/language'.length)) : undefined;
    return isObject(template) && template['type'] === 'template' ? [`\`${String(template['name'])}\` (${language})`] : [];
  });
}

function distinct(all: readonly string[]): readonly string[] {
  return [...new Set(all)];
}
