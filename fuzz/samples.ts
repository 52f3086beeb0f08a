import { readdirSync, readFileSync } from 'node:fs';
import { plugins } from '../plugins/all.js';
import { type Json, type JsonObject, type NodeCase, portsOf } from '../src/contract/index.js';
import { createNodeTypes } from '../src/flow/node-types.js';

const nodeTypes = createNodeTypes(plugins);

/** A valid value to be damaged, and where it comes from. */
export interface Sample {
  readonly name: string;
  readonly json: Json;
}

/** Returns valid flows: the templates, the golden conversations, and one around each node in the READMEs and in the plugins' cases. */
export async function flowSamples(): Promise<readonly Sample[]> {
  const files = [...filesIn('templates', '.json'), ...filesIn('test/flows', '.flow.json')];
  const whole = files.map((name) => ({ name, json: JSON.parse(readFileSync(name, 'utf8')) as Json }));
  const types = readdirSync('plugins', { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() && one.name !== 'start' ? [one.name] : [],
  );
  const around: Sample[] = [];
  for (const type of types) {
    for (const [i, node] of examplesIn(`plugins/${type}/README.md`).entries())
      around.push({ name: `${type}, README ${i}`, json: flowAround(node, {}) });
    const { cases } = (await import(`../plugins/${type}/cases.js`)) as { readonly cases: readonly NodeCase[] };
    for (const { name, params, vars = {} } of cases)
      around.push({ name: `${type}: ${name}`, json: flowAround({ id: 'it', type, version: 1, params }, vars as JsonObject) });
  }
  return [...whole, ...around];
}

/** Returns real webhook requests of a provider. */
export function deliveries(adapter: string): readonly { readonly name: string; readonly text: string }[] {
  return filesIn(`adapters/${adapter}/fixtures`, '.json').map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function examplesIn(page: string): readonly JsonObject[] {
  return [...readFileSync(page, 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text) as JsonObject);
}

/** Returns a flow that leads to a node, and from its ports to a message and the end. */
function flowAround(node: JsonObject, vars: JsonObject): Json {
  const id = String(node['id'] ?? 'it');
  return {
    format: 'parley/1',
    code: 'around',
    name: 'Around a node',
    triggers: [
      { type: 'TriggeredManually', onBusy: 'interrupt' },
      { type: 'TriggeredByWhatsApp', match: { keywords: ['go'], regex: '^ho+$' }, onBusy: 'interrupt' },
    ],
    variables: Object.entries(vars).map(([name, value]) => ({ name, type: typeOf(value ?? null), default: value ?? null })),
    settings: { onError: 'Sorry, {{ customerName }}.', timeZone: 'Europe/Berlin' },
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { ...node, id },
      {
        id: 'say',
        type: 'send-message',
        version: 1,
        params: { message: { type: 'text', text: '{{ incomingMessage }} {{ lastMessage | json }}' } },
      },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: id },
      { from: 'say', port: 'next', to: 'end' },
      ...portNames(node).map((port) => ({ from: id, port, to: port === 'failed' ? 'end' : 'say' })),
    ],
  };
}

/** Returns the ports of a node; none if its params are invalid. */
function portNames({ type, params }: JsonObject): readonly string[] {
  const known = nodeTypes.get(String(type));
  const { value, error } = known?.params.validate(params) ?? {};
  return known && !error ? portsOf(known.ports, value).map(({ name }) => name) : [];
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return 'list';
  return { string: 'text', number: 'number', boolean: 'boolean' }[typeof value as string] ?? 'object';
}
