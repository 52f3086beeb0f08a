import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/index.js';
import {
  type Contact,
  durationMillis,
  type Json,
  type NodeCase,
  type NodeOutcome,
  type NodeScope,
  type NodeType,
  plusMillis,
  type Reach,
} from '../src/contract/index.js';
import { describeNodeType } from '../src/flow/describe.js';
import { createTemplates } from '../src/flow/template.js';
import { aMessage, aSession, START } from './support/builders.js';

const limits = adapters[0]?.limits;

describe('every plugin', () => {
  it('has a folder of its type, and every folder is in the list', () => {
    const folders = readdirSync('plugins', { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
    expect(plugins.map(({ node }) => node.type).sort()).to.deep.equal(folders.sort());
  });

  for (const { node } of plugins) {
    describe(node.type, () => {
      let cases: readonly NodeCase[] = [];
      before(async () => {
        ({ cases } = (await import(`../plugins/${node.type}/cases.js`)) as { cases: readonly NodeCase[] });
      });

      it('does in each case what its table says', () => {
        expect(cases.length).to.be.greaterThan(0);
        for (const one of cases) {
          const { outcome, warnings } = play(node, one);
          expect(JSON.parse(JSON.stringify(outcome)), one.name).to.deep.equal(JSON.parse(JSON.stringify(one.expect)));
          expect(warnings, `${one.name}: warnings`).to.deep.equal(one.warnings ?? []);
        }
      });

      it('reaches every port in some case', () => {
        const reached = new Set(cases.flatMap(({ expect: { then } }) => ('exit' in then ? [then.exit] : 'fail' in then ? ['failed'] : [])));
        const wanted = new Set(
          cases.flatMap((one) => node.ports(valid(node, one.params)).filter((port) => !dynamic(node, one.params).includes(port))),
        );
        expect([...wanted].filter((port) => !reached.has(port))).to.deep.equal([]);
      });

      it('has a README whose example is valid, and which names every port', () => {
        const readme = readFileSync(`plugins/${node.type}/README.md`, 'utf8');
        const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
        const drawn = JSON.parse(example) as { type: string; version: number; params: Json };
        expect([drawn.type, drawn.version]).to.deep.equal([node.type, node.version]);
        const params = valid(node, drawn.params);
        const fixed = node.ports(params).filter((port) => !dynamic(node, drawn.params).includes(port));
        for (const port of fixed) expect(readme).to.include(`\`${port}\``);
      });

      it('gives every field of its form a label and a sentence, and is described with ports and a schema', () => {
        const described = describeNodeType(node);
        expect(described.schema).to.be.an('object');
        expect(described.ports).to.be.an('array');
        expect(unnamed(node.params.describe() as Described, node.type)).to.deep.equal([]);
      });

      it('refuses params that it does not know, and keeps x- ones', () => {
        const [some] = cases;
        const params = some?.params as object;
        expect(node.params.validate({ ...params, colour: 1 }).error).to.be.instanceOf(Error);
        expect(node.params.validate({ ...params, 'x-note': 1 }).error).to.equal(undefined);
      });
    });
  }

  it('has its tables where the test finds them', () => {
    for (const { node } of plugins)
      for (const file of ['index.ts', 'cases.ts', 'README.md'])
        expect(existsSync(`plugins/${node.type}/${file}`), `${node.type}/${file}`).to.equal(true);
  });
});

interface Described {
  readonly flags?: { readonly label?: string; readonly description?: string };
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly Alternative[];
  readonly whens?: readonly Alternative[];
}
interface Alternative {
  readonly schema?: Described;
  readonly then?: Described;
  readonly otherwise?: Described;
  readonly switch?: readonly { readonly then?: Described }[];
}

/** The fields, at every depth, that a form could not explain. */
function unnamed({ keys = {}, items = [], matches = [], whens = [] }: Described, at: string): readonly string[] {
  const others = [...matches, ...whens].flatMap((one) => [
    one.schema,
    one.then,
    one.otherwise,
    ...(one.switch ?? []).map(({ then }) => then),
  ]);
  return [
    ...Object.entries(keys).flatMap(([key, field]) => [
      ...(field.flags?.label && field.flags.description ? [] : [`${at}/${key}`]),
      ...unnamed(field, `${at}/${key}`),
    ]),
    ...items.flatMap((item) => unnamed(item, `${at}[]`)),
    ...others.flatMap((other) => (other ? unnamed(other, at) : [])),
  ];
}

function valid(node: NodeType<unknown>, params: Json): unknown {
  const { value, error } = node.params.validate(params, { convert: false });
  if (error) throw error;
  return value;
}

function dynamic(node: NodeType<unknown>, params: Json): readonly string[] {
  return node.dynamicPorts?.(valid(node, params)).map(({ name }) => name) ?? [];
}

function play(node: NodeType<unknown>, one: NodeCase): { readonly outcome: NodeOutcome; readonly warnings: readonly string[] } {
  if (!limits) throw new Error('there is no adapter');
  const warnings: string[] = [];
  const now = one.now ?? START;
  const vars = one.vars ?? {};
  const templates = createTemplates();
  const lastMessage = one.lastMessage && aMessage(one.lastMessage.text ?? '', one.lastMessage);
  const contact: Contact = { ...aSession().contact, ...one.contact };
  const channel: Reach = {
    id: 'wa',
    platform: 'whatsapp',
    address: '491',
    windowOpenUntil: plusMillis(START, 3_600_000),
    limits,
    ...one.channel,
  };
  const warn = (code: string) => void warnings.push(code);
  const filling = (more = {}) => ({
    data: { ...vars, ...more, contact: { ...contact.fields }, lastMessage: lastMessage as never },
    now,
    timeZone: 'UTC',
    random: () => 0.5,
    warn,
  });
  const scope: NodeScope<unknown> = {
    params: valid(node, one.params),
    vars,
    contact,
    channel,
    reach: (where) => one.reach?.[where],
    linked: (port) => one.linked?.includes(port) ?? true,
    lastMessage,
    memory: one.memory ?? null,
    now,
    newId: (label) => `${label}1`,
    after: (duration) => plusMillis(now, durationMillis(duration)),
    random: () => 0.5,
    text: (template) => templates.text(template, filling()),
    value: (template, more) => templates.value(template, filling(more)),
    expression: (source, over) => templates.expression(source, over === undefined ? filling() : { ...filling(), data: over }),
    sealed: (template) => templates.sealed(template, filling()),
    timeZone: 'UTC',
    warn,
  };
  const outcome = one.event ? node.resume?.(scope, one.event) : node.enter(scope);
  if (!outcome) throw new Error(`${node.type} cannot be resumed`);
  return { outcome, warnings };
}
