import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { FlowDefinition, JsonObject } from '../../src/contract/index.js';
import { OPERATOR_NAMES } from '../../src/params/operators.js';
import { createHardenedLiquid } from '../../src/template/hardened-liquid.js';
import { examplesOf, said, through } from './examples-of.js';
import { playExample, problemsOfExample } from './play-example.js';

const FILE = 'docs/flow-format.md';
const page = readFileSync(FILE, 'utf8');
const isUpdate = process.env['UPDATE'] === '1' && process.env['CI'] === undefined;
/** Lines of templates with what they come to. */
const TEMPLATES = /^```templates\n([\s\S]*?)^```/gm;
/** Lines of rules with what they come to. */
const RULES = /^```rules\n([\s\S]*?)^```/gm;
const ARROW = '  →  ';

/** What the templates of the page read beside what is given: the page shows it, too. */
function variablesOfPage(): FlowDefinition['variables'] {
  const [, text = '[]'] = /^```json variables\n([\s\S]*?)^```/m.exec(page) ?? [];
  return JSON.parse(text) as NonNullable<FlowDefinition['variables']>;
}

describe('docs/flow-format.md', () => {
  let fresh = page;
  after(() => {
    if (isUpdate) writeFileSync(FILE, fresh);
  });

  for (const [i, { kind, flow, whole, conversation }] of examplesOf(page).entries())
    it(`example ${i + 1}, a ${kind}, passes the check, and a phone shows what is written there`, () => {
      expect(problemsOfExample(flow)).to.deep.equal([]);
      const happens = conversation.split('\n').filter((line) => /^[>…*] /.test(line));
      const shown = `${playExample(flow, happens).join('\n')}\n`;
      if (isUpdate)
        fresh = fresh.replace(whole, () => whole.replace(`\`\`\`phone\n${conversation}\`\`\``, () => `\`\`\`phone\n${shown}\`\`\``));
      else expect(shown).to.equal(conversation);
    });

  for (const [whole, lines = ''] of page.matchAll(TEMPLATES))
    it(`templates come to what is written beside them: ${lines.split(ARROW)[0]?.trim()} …`, () => {
      const rows = lines.replace(/\n$/, '').split('\n');
      const made = rows.map((row) => {
        const [template = ''] = row.split(ARROW);
        return `${template}${ARROW}${filled(template.trimEnd())}`;
      });
      if (isUpdate) fresh = fresh.replace(whole, () => `\`\`\`templates\n${made.join('\n')}\n\`\`\``);
      else expect(made).to.deep.equal(rows);
    });

  for (const [whole, lines = ''] of page.matchAll(RULES))
    it('rules come to what is written beside them, and each operator has one', () => {
      const rows = lines.replace(/\n$/, '').split('\n');
      const made = rows.map((row) => {
        const [rule = ''] = row.split(ARROW);
        return `${rule}${ARROW}${comesTrue(JSON.parse(rule) as JsonObject)}`;
      });
      if (isUpdate) fresh = fresh.replace(whole, () => `\`\`\`rules\n${made.join('\n')}\n\`\`\``);
      else expect(made).to.deep.equal(rows);
      expect(OPERATOR_NAMES.filter((name) => !lines.includes(`"${name}"`))).to.deep.equal([]);
    });

  it('has an example of each filter and each tag', () => {
    const { filters, tags } = createHardenedLiquid();
    const templates = [...page.matchAll(TEMPLATES)].map(([, lines]) => lines).join('\n');
    const lacks = (name: string, before: string) => !new RegExp(`${before}\\s*${name.replace('#', '\\#')}\\b`).test(templates);
    expect(Object.keys(filters).filter((name) => lacks(name, '\\|'))).to.deep.equal([]);
    expect(Object.keys(tags).filter((name) => name !== '#' && lacks(name, '\\{%-?'))).to.deep.equal([]);
  });

  it('has an example of each type of message and of each trigger', () => {
    const schema = JSON.stringify(examplesOf(page).map(({ flow }) => flow));
    const kinds = [...TYPES, 'TriggeredManually', 'TriggeredByWhatsApp', 'TriggeredByViber', 'TriggeredByFlow'];
    expect(kinds.filter((kind) => !schema.includes(`"type":"${kind}"`))).to.deep.equal([]);
  });
});

const TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'link',
  'template',
  'carousel',
  'reaction',
  'rich-media',
  'keyboard',
  'native',
];

/** What a phone shows of a template, after Ada has written "hi". */
function filled(template: string): string {
  const flow = through([{ ...said, params: { message: { type: 'text', text: `:${template}` } } }], { variables: variablesOfPage() ?? [] });
  expect(problemsOfExample(flow), template).to.deep.equal([]);
  return playExample(flow, ['> hi']).slice(1).join(' ').slice(1);
}

/** Does a rule come true, after Ada has written "hi"? */
function comesTrue(when: JsonObject): boolean {
  const branch = { id: 'which', type: 'conditional-branch', params: { branches: [{ name: 'yes', when }] } };
  const flow = through([branch], { variables: variablesOfPage() ?? [] });
  const edges = [
    { from: 'start', port: 'next', to: 'which' },
    { from: 'which', port: 'yes', to: 'say' },
    { from: 'which', port: 'else', to: 'end' },
    { from: 'say', port: 'next', to: 'end' },
  ];
  const whole = { ...flow, nodes: [...flow.nodes, said], edges };
  expect(problemsOfExample(whole), JSON.stringify(when)).to.deep.equal([]);
  return playExample(whole, ['> hi']).includes('Started.');
}
