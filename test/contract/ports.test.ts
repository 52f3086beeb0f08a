import { expect } from 'chai';
import { arePortsKnown, hasOwnPorts, type PortRule, portsOf } from '../../src/contract/index.js';

const names = (rules: readonly PortRule[], params: unknown) => portsOf(rules, params).map(({ name }) => name);

describe('the ports of a node', () => {
  it('come in the order of the rules, each with its kind', () => {
    const rules: readonly PortRule[] = [{ name: 'next' }, { name: 'failed', title: 'Failed', kind: 'failure' }];
    expect(portsOf(rules, {})).to.deep.equal([
      { name: 'next', kind: 'way' },
      { name: 'failed', kind: 'failure', title: 'Failed' },
    ]);
  });

  it('may depend on values in the params: all of `when`, none of `unless`', () => {
    const rules: readonly PortRule[] = [
      { name: 'a', when: '/on' },
      { name: 'b', when: ['/on', '/more/on'] },
      { name: 'c', unless: ['/on', '/off'] },
    ];
    expect(names(rules, {})).to.deep.equal(['c']);
    expect(names(rules, { off: 'yes' })).to.deep.equal([]);
    expect(names(rules, { on: {} })).to.deep.equal(['a']);
    expect(names(rules, { on: true, more: { on: 1 } })).to.deep.equal(['a', 'b']);
    for (const empty of [false, 0, '', null]) expect(names(rules, { on: empty }), JSON.stringify(empty)).to.deep.equal(['c']);
  });

  it('may be named by the author, in a list', () => {
    const rules: readonly PortRule[] = [{ each: '/arms', name: '/name', title: '/title' }, { name: 'else' }];
    expect(portsOf(rules, { arms: [{ name: 'a', title: 'A' }, { name: 'b' }] })).to.deep.equal([
      { name: 'a', kind: 'way', pointer: '/arms/0/name', title: 'A' },
      { name: 'b', kind: 'way', pointer: '/arms/1/name' },
      { name: 'else', kind: 'way' },
    ]);
    expect([hasOwnPorts(rules), hasOwnPorts([{ name: 'else' }])]).to.deep.equal([true, false]);
  });

  it('may be named by the author only where other params say so', () => {
    const where = [{ pointer: '/branch' }, { pointer: '/answer/type', is: ['choice'] }];
    const rules: readonly PortRule[] = [{ each: '/choices', name: '/id', where, optional: true }, { name: 'answered' }];
    const choices = [{ id: 'yes' }];
    expect(names(rules, { branch: true, answer: { type: 'choice' }, choices })).to.deep.equal(['yes', 'answered']);
    for (const params of [
      { answer: { type: 'choice' }, choices },
      { branch: true, answer: { type: 'text' }, choices },
      { branch: true, answer: { type: 'choice' } },
      { branch: true, answer: { type: 'choice' }, choices: { from: 'slots' } },
    ]) {
      expect(names(rules, params), JSON.stringify(params)).to.deep.equal(['answered']);
      expect(arePortsKnown(rules, params), JSON.stringify(params)).to.equal(true);
    }
    expect(arePortsKnown(rules, undefined)).to.equal(false);
    expect(arePortsKnown(rules, { branch: true, answer: { type: 'choice' }, choices: [{}] })).to.equal(false);
  });

  it('are read from params of any form, and it is said whether they are all', () => {
    const rules: readonly PortRule[] = [{ each: '/arms', name: '/name' }, { name: 'else' }];
    for (const params of [undefined, null, 7, 'arms', {}, { arms: 'a' }, { arms: [null, { name: 7 }, []] }]) {
      expect(names(rules, params), JSON.stringify(params)).to.deep.equal(['else']);
      expect(arePortsKnown(rules, params), JSON.stringify(params)).to.equal(false);
    }
    expect(arePortsKnown(rules, { arms: [{ name: 'a' }] })).to.equal(true);
    expect([arePortsKnown([{ name: 'next' }], undefined), arePortsKnown([{ name: 'a', when: '/on' }], undefined)]).to.deep.equal([
      true,
      false,
    ]);
  });
});
