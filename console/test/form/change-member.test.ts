import { expect } from 'chai';
import fc from 'fast-check';
import type { Field } from '../../../src/contract/form.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { blankOf } from '../../src/form/blank.js';
import { changeKind, changeMember, chooseMember, fits, isOnlyMember } from '../../src/form/change-member.js';
import { hasPlace, membersOf, shownMembers } from '../../src/form/members.js';
import { formOfType, forms, memberOf, walkFields } from './descriptors.js';

const message = memberOf(formOfType('send-whatsapp-message'), 'message');

/** Every object with variants of every node type. */
const varying: Field[] = [];
for (const form of forms.values()) walkFields(form, (field) => field.variants && varying.push(field));

/** A value that a field can hold, a few levels deep. */
function valueFor(field: Field, depth = 0): Json {
  if (field.kind === 'object') {
    const first = field.variants?.cases[0];
    const members = membersOf(field, first && field.variants ? { [field.variants.by]: first.value } : {});
    const own = members.filter(({ name, field: inner }) => inner.required || (depth < 2 && name.length % 2 === 0));
    return Object.fromEntries(own.map(({ name, field: inner }) => [name, valueFor(inner, depth + 1)]));
  }
  return field.kind === 'list' && field.item ? [valueFor(field.item, depth + 1)] : blankOf(field);
}

describe('changing a member', () => {
  it('removes what is forbidden by it, in the same change', () => {
    const form = formOfType('send-message');
    const before = { action: 'send', channel: 'wa', to: '491511', message: { type: 'text', text: 'Hi' }, 'x-mine': 1 };
    const after = changeMember(form, before, { name: 'action', next: 'reply' });
    expect(after).to.deep.equal({ action: 'reply', message: { type: 'text', text: 'Hi' }, 'x-mine': 1 });
    expect(isOnlyMember(before, after, 'action')).to.equal(false);
  });

  it('of a text changes that alone', () => {
    const before = { type: 'text', text: 'Hi', footer: 'x' };
    const after = changeMember(message, before, { name: 'text', next: 'Ho' });
    expect(after).to.deep.equal({ type: 'text', text: 'Ho', footer: 'x' });
    expect(isOnlyMember(before, after, 'text')).to.equal(true);
  });

  it('keeps what was wrong before, so that a person can see and remove it', () => {
    const before = { action: 'reply', to: '491511', message: { type: 'text', text: 'Hi' } };
    const after = changeMember(formOfType('send-message'), before, { name: 'saveAs', next: 'sent' });
    expect(after).to.include({ to: '491511', saveAs: 'sent' });
    expect(shownMembers(formOfType('send-message'), before).misplaced).to.deep.equal(['to']);
  });

  it('to a group of which one may be set removes the others', () => {
    const body = memberOf(formOfType('http-request'), 'body');
    expect(changeMember(body, { json: { a: 1 } }, { name: 'text', next: 'x' })).to.deep.equal({ text: 'x' });
  });

  it('leaves no member without a place, whatever is changed', () => {
    const form = formOfType('send-whatsapp-message');
    const names = membersOf(form, {}).map(({ name }) => name);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom<Json | undefined>('reply', 'send', undefined, 'x'),
        fc.boolean(),
        (name, next, sends) => {
          const before = sends ? { action: 'send', channel: 'wa', to: '1', saveAs: 'a' } : { action: 'reply', saveAs: 'a' };
          const after = changeMember(form, before, { name, next });
          const members = membersOf(form, after);
          for (const one of members)
            if (one.name !== name && after[one.name] !== undefined) expect(hasPlace(one.field, after, members), one.name).to.equal(true);
        },
      ),
    );
  });
});

describe('changing the kind', () => {
  it('of a message keeps what both kinds have', () => {
    const text = { type: 'text', text: 'Look', previewUrl: true, choices: [{ id: 'a', title: 'A' }], footer: 'f', 'x-mine': 1 };
    expect(changeKind(message, text, 'image')).to.deep.equal({
      type: 'image',
      text: 'Look',
      choices: [{ id: 'a', title: 'A' }],
      footer: 'f',
      'x-mine': 1,
    });
  });

  it('drops a member that means something else in the new kind', () => {
    const text = { type: 'text', text: 'Look', header: 'A line' };
    expect(changeKind(message, text, 'template')).to.deep.equal({ type: 'template' });
  });

  it('keeps each member that the new kind can hold, and no member that only the old one has', () => {
    for (const field of varying) {
      const { by, cases } = field.variants ?? { by: '', cases: [] };
      for (const from of cases)
        for (const to of cases) {
          const before = Object.fromEntries([[by, from.value], ...from.fields.map((one) => [one.name, valueFor(one.field)])]) as JsonObject;
          const after = changeKind(field, before, to.value);
          const now = new Map(membersOf(field, after).map((one) => [one.name, one.field]));
          expect(after[by]).to.deep.equal(to.value);
          for (const name of Object.keys(after))
            expect(now.has(name), `${String(from.value)} to ${String(to.value)}: ${name}`).to.equal(true);
          for (const { name, field: inner } of to.fields)
            if (before[name] !== undefined && fits(inner, before[name])) expect(after[name]).to.deep.equal(before[name]);
        }
    }
  });

  it('and back again loses nothing that both have', () => {
    const text = { type: 'text', text: 'Look', choices: [{ id: 'a', title: 'A' }] };
    expect(changeKind(message, changeKind(message, text, 'video'), 'text')).to.deep.equal(text);
  });
});

describe('choosing one of a group', () => {
  const body = memberOf(formOfType('http-request'), 'body');
  const [group = { kind: 'xor' as const, members: [] }] = body.groups ?? [];

  it('removes the others and begins the chosen one', () => {
    expect(chooseMember(body, { json: { a: 1 } }, { group, name: 'form' })).to.deep.equal({ form: [] });
  });

  it('keeps the words where both hold words', () => {
    expect(chooseMember(body, { json: '{{ order }}' }, { group, name: 'text' })).to.deep.equal({ text: '{{ order }}' });
  });
});

describe('a fresh value', () => {
  it('has the form of its field, in every field of every node type', () => {
    for (const [type, form] of forms)
      walkFields(form, (field, place) => {
        if (field.kind !== 'any') expect(fits(field, blankOf(field)), `${type}${place}: ${JSON.stringify(blankOf(field))}`).to.equal(true);
      });
  });
});

describe('the members that a form shows', () => {
  it('are the required ones, those with a value, and those with a default; the rest is behind "more"', () => {
    const { shown, folded } = shownMembers(message, { type: 'text', text: 'Hi', choices: [], footer: 'f' });
    expect(shown.map(({ name }) => name)).to.include.members(['type', 'text', 'footer']);
    expect(folded.map(({ name }) => name)).to.include.members(['header', 'previewUrl']);
  });

  it('include what becomes allowed', () => {
    const names = (value: Json) => shownMembers(formOfType('send-message'), value).shown.map(({ name }) => name);
    expect(names({ action: 'send', message: {} })).to.include.members(['channel', 'to']);
    expect(names({ message: {} })).not.to.include('to');
  });

  it('are all of them where nothing else would be shown', () => {
    const field: Field = { kind: 'object', fields: [{ name: 'a', field: { kind: 'text' } }] };
    expect(shownMembers(field, {}).shown).to.have.length(1);
  });
});
