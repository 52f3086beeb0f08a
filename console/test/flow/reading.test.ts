import { expect } from 'chai';
import fc from 'fast-check';
import { readFlowFile } from '../../src/flow/file.js';
import { withValueAt } from '../../src/flow/json-edit.js';
import type { GivenName } from '../../src/flow/outline.js';
import { searchFlow, searchTypes } from '../../src/flow/search.js';
import { namesSetBy, variablesAt } from '../../src/flow/variables.js';
import { descriptors } from './support/descriptors.js';
import { readTemplate } from './support/read-template.js';
import { say } from './support/say.js';

describe('finding', () => {
  const searched = { flow: readTemplate('welcome'), descriptors, say };

  it('looks into names, texts, ids and titles, in reading order, without regard to case and accents', () => {
    expect(searchFlow('WELCOME.json', searched)).to.deep.equal([
      { node: 'to-flows', pointer: '/params/message/text', text: '…triggers. This one is templates/welcome.json.' },
    ]);
    expect(searchFlow('ásk thë näme', searched).map(({ node }) => node)).to.deep.equal(['greet']);
    expect(searchFlow('branch', searched)).to.deep.equal([{ node: 'which', text: 'Branch' }]);
    expect(searchFlow('interest notAccepted', searched)).to.deep.equal([]);
    expect(searchFlow('lastMessage.choice', searched)[0]).to.deep.include({ node: 'which', pointer: '/params/branches/0/when/variable' });
  });

  it('lists all nodes without words', () => {
    expect(searchFlow(' ', searched)).to.have.lengthOf(searched.flow.nodes.length);
  });

  it('finds types by their titles, then by their words', () => {
    const found = (words: string) => searchTypes(words, { descriptors: descriptors.values(), say }).map(({ type }) => type);
    expect(found('wait').slice(0, 2)).to.deep.equal(['wait', 'wait-for-response']);
    expect(found('viber')).to.include('send-viber-message');
    expect(found('message send')).to.include.members(['send-message', 'send-whatsapp-message']);
    expect(found('')).to.have.lengthOf(descriptors.size);
    expect(found('nothing has this')).to.deep.equal([]);
  });
});

describe('variables', () => {
  const flow = {
    ...readTemplate('welcome'),
    variables: [
      { name: 'order', type: 'object', input: true, title: 'The order' },
      { name: 'interest', type: 'text', default: null },
    ] as const,
  };
  const given: readonly GivenName[] = [
    { name: 'customerName', type: 'text', sentence: 'Their name.' },
    { name: 'contact', shape: { members: { id: 'any', name: 'text' }, open: true }, sentence: 'The person.' },
  ];
  const sources = { flow, descriptors, given };

  it('are read from the fields that name them', () => {
    const names = Object.fromEntries(flow.nodes.map((node) => [node.id, namesSetBy(node, descriptors)]));
    expect([names['name'], names['greet']]).to.deep.equal([['name'], []]);
    const request = { id: 'r', type: 'http-request', params: { save: [{ name: 'a', from: 'body' }, { name: 'b', from: 'status' }, 5] } };
    expect(namesSetBy(request, descriptors)).to.deep.equal(['a', 'b']);
    const broken = { id: 'r', type: 'http-request', params: { save: { name: 'a' } } };
    expect(namesSetBy(broken, descriptors)).to.deep.equal([]);
  });

  it('that can have a value come first: the nearest, then given ones', () => {
    const outline = { variables: [{ name: 'name', type: 'text', setBy: ['name'], readBy: [] }], unreachable: [] };
    expect(
      variablesAt('which', { ...sources, outline }).map(({ name, type, origin, isKnown }) => [name, type, origin, isKnown]),
    ).to.deep.equal([
      ['interest', 'text', 'declared', true],
      ['name', 'text', 'set', true],
      ['order', 'object', 'declared', true],
      ['customerName', 'text', 'given', true],
      ['contact', undefined, 'given', true],
      ['contact.id', undefined, 'given', true],
      ['contact.name', 'text', 'given', true],
    ]);
    expect(
      variablesAt('greet', sources)
        .filter(({ isKnown }) => !isKnown)
        .map(({ name }) => name),
    ).to.deep.equal(['interest', 'name']);
    expect(variablesAt(undefined, sources).every(({ isKnown }) => isKnown)).to.equal(true);
  });
});

describe('files', () => {
  const template = JSON.stringify(readTemplate('welcome'), undefined, 2);

  it('hold a flow, or nodes that were copied', () => {
    expect(readFlowFile(`\uFEFF${template}`, say)).to.deep.equal({ kind: 'flow', definition: readTemplate('welcome') });
    const nodes = JSON.stringify({ format: 'parley/nodes', version: 1, nodes: [{ id: 'a', type: 'wait', params: {} }], edges: [] });
    expect(readFlowFile(nodes, say).kind).to.equal('nodes');
    // What is in a flow is checked by the host.
    expect(readFlowFile('{"nodes":5}', say)).to.deep.equal({ kind: 'flow', definition: { nodes: 5 } });
  });

  it('that are not JSON are told with line and column', () => {
    const place = (text: string) => {
      const read = readFlowFile(text, say);
      return read.kind === 'problem' ? `${read.problem.line}:${read.problem.column} ${read.problem.hint}` : read.kind;
    };
    expect(place(template.replace('"name": "Welcome",', '"name": "Welcome"'))).to.equal('5:3 A comma is missing before this place.');
    expect(place('{ "a": [1, 2 }')).to.equal('1:14 A comma is missing before this place.');
    expect(place('{ "a": 1, }')).to.equal('1:11 A name in double quotes is expected here. There may be an extra comma before it.');
    expect(place('{ "a": 1')).to.equal('1:9 A closing brace is missing.');
    expect(place('{} // a word')).to.match(/^1:4 /);
    expect(['', '[]', '"text"'].map(place)).to.deep.equal(
      Array.from({ length: 3 }, () => 'undefined:undefined Choose a flow file: JSON that Parley exported.'),
    );
  });

  it('of any kind are read without failing', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => ['flow', 'nodes', 'problem'].includes(readFlowFile(text, say).kind)));
    expect(readFlowFile('['.repeat(100_000), say).kind).to.equal('problem');
  });
});

describe('changing JSON', () => {
  it('makes what is missing, appends, removes, and returns the value itself if nothing changes', () => {
    const value = { a: [{ b: 1 }, { b: 2 }], c: 'text' };
    expect(withValueAt(value, '/a/0/b', 1)).to.equal(value);
    expect(withValueAt(value, '/x/y', undefined)).to.equal(value);
    expect(withValueAt(value, '/a/1/b', 3)).to.deep.equal({ a: [{ b: 1 }, { b: 3 }], c: 'text' });
    expect(withValueAt(value, '/a/1/b', 3).a[0]).to.equal(value.a[0]);
    expect(withValueAt(value, '/a/0', undefined)).to.deep.equal({ a: [{ b: 2 }], c: 'text' });
    expect(withValueAt(value, '/a/-', 5)).to.deep.equal({ a: [...value.a, 5], c: 'text' });
    expect(withValueAt({}, '/list/0/name', 'x')).to.deep.equal({ list: [{ name: 'x' }] });
    expect(withValueAt(value, '/c/d', 1)).to.deep.equal({ a: value.a, c: { d: 1 } });
    expect(withValueAt(value, '/a~1b', 1)).to.deep.equal({ ...value, 'a/b': 1 });
    expect(Object.keys(withValueAt({ a: 1, b: 2, c: 3 }, '/b', 5))).to.deep.equal(['a', 'b', 'c']);
    expect(Object.hasOwn(withValueAt({}, '/__proto__', { x: 1 }), '__proto__')).to.equal(true);
  });
});
