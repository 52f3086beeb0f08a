import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowNode } from '../../../src/contract/flow.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { cardOf } from '../../src/flow/card.js';
import { withValueAt } from '../../src/flow/json-edit.js';
import { plainText } from '../../src/flow/pieces.js';
import { CARD, FONTS, linesOf, sizeOf } from '../../src/flow/size.js';
import { pointersIn } from './support/any-command.js';
import { caseParams } from './support/cases.js';
import { descriptors } from './support/descriptors.js';
import { say } from './support/say.js';

/** 6.5 pixels a character. */
const measure = (text: string) => text.length * 6.5;
const nodeOf = (type: string, params: object, name?: string) =>
  ({ id: 'n', type, version: 1, params, ...(name === undefined ? {} : { name }) }) as FlowNode;

describe('cards', () => {
  /** The params of a case, with some of their values replaced by any JSON. */
  const damaged = fc.constantFrom(...descriptors.values()).chain((descriptor) => {
    const params = fc.constantFrom<JsonObject>({}, descriptor.blank.params, ...(caseParams.get(descriptor.type) ?? []));
    const change = fc.record({ at: fc.nat(), value: fc.option(fc.jsonValue(), { nil: undefined }) });
    return fc.tuple(params, fc.array(change, { maxLength: 4 })).map(([before, changes]) => ({
      descriptor,
      params: changes.reduce<JsonObject>((done, { at, value }) => {
        const paths = pointersIn(done).slice(1);
        return withValueAt(done, pointerOf(paths[at % paths.length] ?? []), value as Json | undefined);
      }, before),
    }));
  });

  it('never fail, whatever the params are', () => {
    fc.assert(
      fc.property(damaged, ({ descriptor, params }) => {
        const card = cardOf(nodeOf(descriptor.type, params), { descriptor, say });
        const { width, height } = sizeOf(card, measure);
        expect(width).to.be.at.most(CARD.width);
        expect(height).to.be.lessThan(10_000);
        for (const block of card.body) expect(linesOf(block, measure)).to.be.at.most(4);
      }),
    );
  });

  it('show a message as the person meets it', () => {
    const params = {
      message: {
        type: 'image',
        url: 'https://example.com/{{ picture }}.png',
        text: "Hello {{ customerName | default: 'you | there' }}!",
        choices: [{ title: 'Yes' }, { title: '{{ other }}' }, { title: 'C' }, { title: 'D' }, { title: 'E' }],
      },
    };
    const card = cardOf(nodeOf('send-message', params, 'Ask'), { descriptor: descriptors.get('send-message'), say });
    expect(card).to.include({ shape: 'card', title: 'Ask', typeTitle: 'Send a message', group: 'messaging' });
    expect(card.body).to.deep.equal([
      { kind: 'picture', icon: 'photo' },
      { kind: 'bubble', pieces: [{ text: 'Hello ' }, { variable: 'customerName' }, { text: '!' }] },
      { kind: 'choices', titles: [[{ text: 'Yes' }], [{ variable: 'other' }], [{ text: 'C' }]], more: 2 },
    ]);
    expect([card.head?.name, ...card.failures.map(({ title }) => title)]).to.deep.equal(['next', 'Failed', 'Window closed']);
    const { height, handles } = sizeOf(card, measure);
    expect(height).to.equal(43 + 76 + 5 + (17 + 12) + 5 + (4 * 26 + 3 * 5) + 10);
    expect([...handles]).to.deep.equal([
      ['next', { x: 248, y: 22 }],
      ['failed', { x: 83, y: height }],
      ['windowClosed', { x: 165, y: height }],
    ]);
  });

  it('say which kind of message it is, if it is not only words', () => {
    const said = (message: object) =>
      cardOf(nodeOf('send-message', { message }), { descriptor: descriptors.get('send-message'), say }).body.map((block) =>
        block.kind === 'line' || block.kind === 'bubble' ? `${block.kind} ${plainText(block.pieces)}` : block.kind,
      );
    expect(said({ type: 'document', fileName: 'menu.pdf', text: 'Our menu' })).to.deep.equal(['line Document menu.pdf', 'bubble Our menu']);
    expect(said({ type: 'contacts', contacts: [{ name: 'Ada' }, {}, { name: 'Bob' }] })).to.deep.equal(['line Contacts Ada, Bob']);
    expect(said({ type: 'location', name: '{{ place }}' })).to.deep.equal(['line Location place']);
    const cards = ['One', 'Two'].map((text) => ({ imageUrl: 'https://example.com/a.png', text }));
    expect(said({ type: 'carousel', text: 'Pick', cards })).to.deep.equal(['picture', 'bubble Pick', 'choices']);
    expect(said({ type: 'text' })).to.deep.equal(['bubble ']);
  });

  it('show several ways as rows, those of a branch with their conditions', () => {
    const branches = [
      { name: 'vip', title: 'A {strange} title', when: { variable: 'total', operator: 'numberGreaterThan', value: 100 } },
      {
        name: 'both',
        when: { all: [{ any: [{ variable: 'a', operator: 'isTrue' }, { not: { variable: 'b', operator: 'exists' } }] }, {}] },
      },
    ];
    const card = cardOf(nodeOf('conditional-branch', { branches }), { descriptor: descriptors.get('conditional-branch'), say });
    const rows = card.rows.map(({ title, condition = [] }) => `${plainText(condition)}: ${title}`);
    expect(rows).to.deep.equal(['total > 100: A {strange} title', '(a is true or not b exists) and … …: Both', ': Else']);
    expect(card.title).to.equal('Branch');
    expect(card).to.not.have.any.keys('head', 'typeTitle');
  });

  it('say in a line what other nodes do', () => {
    const line = (type: string, params: object) =>
      cardOf(nodeOf(type, params), { descriptor: descriptors.get(type), say }).body.map((block) =>
        block.kind === 'line' ? plainText(block.pieces) : block.kind,
      );
    expect(line('wait-for-response', { timeout: { value: 10, unit: 'minutes' }, saveAs: 'howMany' })).to.deep.equal([
      'Waiting time 10 min → howMany',
    ]);
    expect(line('http-request', { url: 'https://example.com/{{ path }}' })).to.deep.equal(['GET example.com/path']);
    const rows = ['a', 'b', 'c', 'd'].map((name, value) => ({ name, value }));
    expect(line('set-variables', { set: rows })).to.deep.equal(['a = 0', 'b = 1', '2 more']);
    expect(line('wait', { for: { value: 2, unit: 'days' } })).to.deep.equal(['For 2 days']);
  });

  it('are pills where runs begin or end without words', () => {
    const shapes = [{}, { message: { type: 'text', text: 'Bye' } }].map(
      (params) => cardOf(nodeOf('end', params), { descriptor: descriptors.get('end'), say }).shape,
    );
    expect(shapes).to.deep.equal(['pill', 'card']);
    const start = sizeOf(cardOf(nodeOf('start', {}), { descriptor: descriptors.get('start'), say }), measure);
    expect(start).to.deep.include({ width: 12 + 18 + 6 + 33 + 12, height: 36, entry: { x: 0, y: 18 } });
  });

  it('show nodes of an unknown type by their ports', () => {
    const edges = [{ from: 'n', port: 'gone', to: 'n' }];
    const card = cardOf(nodeOf('of-another-host', {}), { descriptor: undefined, edges, say });
    expect(card).to.deep.include({ title: 'of-another-host', icon: 'puzzle', body: [] });
    expect(card.head?.name).to.equal('gone');
  });

  it('measure each word in its own font', () => {
    const used = new Set<string>();
    const pieces = [{ text: 'POST', isStrong: true as const }, { text: ' to ' }, { variable: 'shop' }];
    linesOf({ kind: 'line', pieces }, (_text, font) => [...used.add(font)].length);
    expect([...used]).to.deep.equal([FONTS.strong, FONTS.words, FONTS.variable]);
  });

  it('count the lines that words take', () => {
    const lines = (text: string) => linesOf({ kind: 'bubble', pieces: [{ text }] }, measure);
    // 32 characters fit into the 208 pixels of a bubble.
    expect(['', 'a'.repeat(32), 'a'.repeat(33), `${'a'.repeat(30)} bb c`, 'a\n\nb', 'a '.repeat(200)].map(lines)).to.deep.equal([
      1, 1, 2, 2, 3, 4,
    ]);
  });
});
