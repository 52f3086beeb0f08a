import { expect } from 'chai';
import { actionOf, KEYS, type KeyPress, keysInWords } from '../../src/editor/keys.js';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

describe('keys', () => {
  it('do what the list says, with Ctrl or with ⌘', () => {
    expect(actionOf(press('z', { ctrlKey: true }))).to.equal('undo');
    expect(actionOf(press('Z', { metaKey: true, shiftKey: true }))).to.equal('redo');
    expect(actionOf(press('n'))).to.equal('next');
    expect(actionOf(press('ArrowLeft', { shiftKey: true }))).to.equal('farLeft');
    expect(actionOf(press('ArrowRight', { altKey: true }))).to.equal('along');
  });

  it('are read where other keyboards have other signs', () => {
    expect(actionOf(press('?', { shiftKey: true, code: 'Slash' }))).to.equal('keys');
    expect(actionOf(press('?', { shiftKey: true, code: 'Minus' }))).to.equal('keys');
    expect(actionOf(press('!', { shiftKey: true, code: 'Digit1' }))).to.equal('showAll');
    expect(actionOf(press('"', { shiftKey: true, code: 'Digit2' }))).to.equal('showSelection');
  });

  it('do nothing with others held', () => {
    expect(actionOf(press('n', { ctrlKey: true }))).to.equal(undefined);
    expect(actionOf(press('L', { shiftKey: true, altKey: true }))).to.equal(undefined);
    expect(actionOf(press('c', { ctrlKey: true }))).to.equal(undefined);
  });

  it('stand in the list once', () => {
    const all = KEYS.flatMap(({ lines }) => lines.flatMap(({ keys }) => keys));
    expect(all).to.deep.equal([...new Set(all)]);
    expect(keysInWords('redo')).to.equal('Ctrl Shift Z');
  });
});
