import { expect } from 'chai';
import { cardOf } from '../../src/flow/card.js';
import { newNode } from '../../src/flow/commands.js';
import { fieldAt } from '../../src/flow/field-at.js';
import { ICON_NAMES } from '../../src/look/icon-names.js';
import { descriptors } from './support/descriptors.js';
import { readTemplate } from './support/read-template.js';
import { say } from './support/say.js';

describe('descriptors of node types', () => {
  for (const [type, descriptor] of descriptors) {
    it(`${type} has an icon, fields for what its card shows, and a card when it is new`, () => {
      expect(ICON_NAMES).to.include(descriptor.icon);
      for (const pointer of descriptor.summary) expect(fieldAt(descriptor.form, pointer)?.label, pointer).to.be.a('string');
      const node = newNode(descriptor, readTemplate('welcome'), { x: 0, y: 0 });
      const card = cardOf(node, { descriptor, say });
      expect(card).to.deep.include({ title: descriptor.title, icon: descriptor.icon });
    });
  }
});
