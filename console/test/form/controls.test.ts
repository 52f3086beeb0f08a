import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CONTROL_NAMES, FIELD_KINDS } from '../../src/form/field-kinds.js';
import { forms, walkFields } from './descriptors.js';

describe('the controls of the console', () => {
  it('are listed for authors of plugins', () => {
    const listed = /the console's own controls: ([^.]+)\./.exec(readFileSync('docs/extending.md', 'utf8'))?.[1] ?? '';
    expect([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name)).to.have.members([...CONTROL_NAMES]);
  });
});

describe('every field of every node type', () => {
  for (const [type, form] of forms) {
    it(`of ${type} has something that draws it`, () => {
      walkFields(form, ({ kind, control }, place) => {
        expect(FIELD_KINDS, place).to.include(kind);
        if (control !== undefined) expect(CONTROL_NAMES, place).to.include(control);
      });
    });

    it(`of ${type} with a name has a label`, () => {
      walkFields(form, ({ label }, place) => {
        if (place !== '' && !place.endsWith('/0')) expect(label, place).to.be.a('string');
      });
    });
  }
});
