import { expect } from 'chai';
import type { Contact } from '../../src/contract/index.js';
import { indexOf } from '../../src/engine/session-index.js';
import { isWaitingFor } from '../../src/engine/waits.js';
import { flow, listen, Person, programs, say, textsOf } from '../support/a-person.js';
import { aMessage, aSession, at } from '../support/builders.js';

describe('two contacts that turn out to be one person', () => {
  it('whose older one is idle: the talk of the younger one goes on with the next message', () => {
    const [older, younger] = [new Person('s1'), new Person('s2')];
    older.says('something');
    younger.begins('order');
    older.takesOver(younger);
    expect(indexOf(older.state)).to.deep.equal(indexOf(younger.state));
    expect(textsOf(older.says('tea'))).to.deep.equal(['You get tea']);
  });

  for (const [toldOn, keeper] of [
    ['wa', 's1-order'],
    ['wb', 's2-choose'],
    [undefined, 's2-choose'],
  ] as const) {
    it(`who are both in a flow: the one that sent last ${toldOn ? `on ${toldOn}` : 'on any channel'} keeps the foreground`, () => {
      const [older, younger] = [new Person('s1'), new Person('s2', 10)];
      older.begins('order', { channel: 'wa' });
      younger.begins('choose', { channel: 'wb' });
      older.takesOver(younger, toldOn);
      expect(older.state.runs.find(({ place }) => place === 'foreground')?.id).to.equal(keeper);
      expect(older.state.runs.map(({ place }) => place).sort()).to.deep.equal(['foreground', 'queued']);
    });
  }

  it('who sent at the same moment: the flow of the older one keeps the foreground', () => {
    const [older, younger] = [new Person('s1'), new Person('s2')];
    older.begins('order');
    younger.begins('choose', { channel: 'wb' });
    older.takesOver(younger);
    expect(older.places).to.deep.equal(['s2-choose queued', 's1-order foreground'].sort().reverse());
  });

  it('the flow that waits behind the other one comes back: it asks again, and its time is counted anew', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 10)];
    older.begins('choose');
    younger.begins('order');
    older.takesOver(younger);
    expect(older.state.runs.filter(({ aside }) => aside)).to.have.length(1);
    expect(indexOf(older.state).wakeAt).to.equal(at(71));
    const answered = older.says('tea', 65);
    // Choices are the question, not the text after them.
    expect(textsOf(answered)).to.deep.equal(['You get tea', 'Which one?']);
    expect(answered.effects[1]?.body).to.have.nested.property('message.choices').with.length(2);
    expect(older.places).to.deep.equal(['s1-choose foreground']);
    expect(indexOf(older.state).wakeAt).to.equal(at(125));
    expect(textsOf(older.says('Red'))).to.deep.equal(['It is Red']);
  });

  it('a flow that was begun comes back before one that was to begin, however long ago that was', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 10)];
    older.begins('choose');
    older.begins('order', { onBusy: 'queue' });
    younger.begins('later');
    older.takesOver(younger);
    expect(older.places).to.deep.equal(['s1-choose queued', 's2-later foreground', 's1-order queued']);
    const wait = older.state.runs[1]?.stack[0];
    const ended = older.take({ type: 'timeout', waitId: wait?.kind === 'flow' ? wait.wait?.id : '' }, 700);
    expect(textsOf(ended)).to.deep.equal(['Here I am.', 'Which one?']);
    expect(older.places).to.deep.equal(['s1-choose foreground', 's1-order queued']);
  });

  it('a flow of the other one that was aside already comes back before one that was to begin', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 10)];
    older.begins('later');
    older.begins('order', { onBusy: 'queue' });
    younger.begins('choose');
    younger.state = { ...younger.state, runs: younger.state.runs.map((run) => ({ ...run, place: 'queued', aside: 'foreground' })) };
    older.takesOver(younger);
    expect(older.places).to.deep.equal(['s1-later foreground', 's2-choose queued', 's1-order queued']);
  });

  it('a wait for time that is aside keeps its deadline', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 10)];
    older.begins('later');
    younger.begins('order');
    older.takesOver(younger);
    expect(indexOf(older.state).wakeAt).to.equal(at(71));
    older.says('tea', 65);
    expect(indexOf(older.state).wakeAt).to.equal(at(601));
  });

  it('the answer to a call of a flow that is aside is kept, and the flow goes on with it when it comes back', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 10)];
    const callId = older.begins('weather').effects[1]?.id ?? '';
    younger.begins('order');
    older.takesOver(younger);
    expect(isWaitingFor(older.state, callId)).to.equal(false);
    const came = older.take({ type: 'callResult', callId, ok: true, value: { status: 200, headers: {}, body: null } });
    expect([came.decision.kind, came.effects]).to.deep.equal(['held', []]);
    expect(textsOf(older.says('tea'))).to.deep.equal(['You get tea', 'It rains.']);
    expect(older.state.runs).to.deep.equal([]);
  });

  it('who began the same flow twice by messages is in the later talk of it; starts of a system all stay', () => {
    const both = ['s1-order queued', 's2-order foreground'];
    for (const [first, second, left] of [
      ['message:m', 'message:n', ['s2-order foreground']],
      ['api', 'api', both],
      ['message:m', 'api', both],
      ['api', 'message:n', both],
    ] as const) {
      const [older, younger] = [new Person('s1'), new Person('s2', 10)];
      older.begins('order', { by: first });
      younger.begins('order', { by: second });
      const merged = older.takesOver(younger);
      expect(older.places).to.deep.equal(left);
      expect(merged.warnings.map(({ code }) => code)).to.deep.equal(left === both ? [] : ['run/merged']);
    }
  });

  it('no budget refuses what the other one had: queued and background runs, held messages', () => {
    const [older, younger] = [new Person('s1', 100), new Person('s2')];
    const filled = (person: Person) => {
      person.begins('later');
      for (let n = 0; n < 20; n += 1) person.begins('order', { onBusy: 'queue' });
      for (let n = 0; n < 5; n += 1) person.begins('weather', { onBusy: 'background' });
      for (let n = 0; n < 20; n += 1) person.says(`${person.state.id} ${n}`);
    };
    filled(older);
    filled(younger);
    older.takesOver(younger);
    const places = older.state.runs.map(({ place }) => place);
    expect(['foreground', 'background', 'queued'].map((place) => places.filter((one) => one === place).length)).to.deep.equal([1, 10, 41]);
    expect(older.state.held).to.have.length(40);
    expect(older.state.held.map((one) => one.at)).to.deep.equal(older.state.held.map((one) => one.at).sort());
  });

  it('the fields of the older one stay and those of the younger one fill gaps; who wants to hear nothing hears nothing', () => {
    const [older, younger] = [new Person('s1'), new Person('s2')];
    const contact = (more: Partial<Contact>): Contact => ({ ...aSession().contact, ...more });
    older.state = {
      ...older.state,
      contact: contact({
        name: 'Ada',
        fields: { a: 1 },
        groups: [
          { group: 'x', since: at(20) },
          { group: 'z', since: at(1) },
        ],
        optOut: { viber: { since: at(3) } },
      }),
    };
    younger.state = {
      ...younger.state,
      contact: contact({
        name: 'A.',
        language: 'de',
        fields: { a: 2, b: 2 },
        groups: [
          { group: 'y', since: at(5) },
          { group: 'x', since: at(10) },
        ],
        optOut: { viber: { since: at(2) }, whatsapp: {} },
        userIds: { a: 'whatsapp:DE.1' },
      }),
    };
    older.state = { ...older.state, contact: { ...older.state.contact, createdAt: at(9) } };
    older.takesOver(younger);
    expect(older.state.contact.createdAt).to.equal(younger.state.contact.createdAt);
    expect(older.state.contact.userIds).to.deep.equal({ a: 'whatsapp:DE.1' });
    const { name, language, fields, groups, optOut } = older.state.contact;
    expect([name, language, fields, groups, optOut]).to.deep.equal([
      'Ada',
      'de',
      { a: 1, b: 2 },
      [
        { group: 'x', since: at(10) },
        { group: 'z', since: at(1) },
        { group: 'y', since: at(5) },
      ],
      { viber: { since: at(3) }, whatsapp: {} },
    ]);
  });

  it('a STOP word under one address ends the runs of the other that have heard nothing since', () => {
    for (const [heardAt, left] of [
      [undefined, []],
      [4, []],
      [5, ['s1-order foreground']],
      [6, ['s1-order foreground']],
    ] as const) {
      const [older, younger] = [new Person('s1'), new Person('s2', 10)];
      older.begins('order');
      older.begins('choose', { onBusy: 'queue' });
      const heard = heardAt === undefined ? {} : { lastMessage: aMessage('hm', { sentAt: at(heardAt) }) };
      const runs = older.state.runs.map((run) => (run.place === 'foreground' ? { ...run, ...heard } : run));
      older.state = { ...older.state, runs };
      younger.state = { ...younger.state, contact: { ...younger.state.contact, optOut: { whatsapp: { since: at(5) } } } };
      const { results = [] } = older.takesOver(younger);
      expect(older.places).to.deep.equal(left);
      expect(results.map(({ outcome }) => outcome)).to.deep.equal(left.length > 0 ? [] : ['opted-out']);
    }
  });

  it('a STOP word on one platform leaves the runs on the other', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 10)];
    older.begins('order');
    younger.state = { ...younger.state, contact: { ...younger.state.contact, optOut: { viber: { since: at(5) } } } };
    older.takesOver(younger);
    expect(older.places).to.deep.equal(['s1-order foreground']);
  });

  it('of two addresses on a channel the one counts from which was written last', () => {
    for (const [mine, theirs, left] of [
      [5, 9, 'to-s2'],
      [9, 5, 'to-s1'],
      [undefined, 5, 'to-s2'],
      [5, undefined, 'to-s1'],
    ] as const) {
      const [older, younger] = [new Person('s1'), new Person('s2')];
      const heard = (second: number | undefined) => (second === undefined ? {} : { lastInboundAt: at(second) });
      older.state = { ...older.state, channels: { wa: { address: 'to-s1', ...heard(mine) } } };
      younger.state = { ...younger.state, channels: { wa: { address: 'to-s2', ...heard(theirs) } } };
      older.takesOver(younger);
      expect(older.state.channels['wa']?.address).to.equal(left);
    }
  });

  it('the next effect is numbered after all of both', () => {
    const [older, younger] = [new Person('s1'), new Person('s2')];
    for (const code of ['order', 'choose', 'order']) younger.begins(code, { onBusy: 'interrupt' });
    older.takesOver(younger);
    expect(older.says('tea').effects[0]?.number).to.equal(5);
  });

  it('the record that is merged is found at once until it is emptied, and then has nothing left', () => {
    const younger = new Person('s2');
    younger.begins('order');
    younger.take({ type: 'merged', winner: 's1' });
    expect([indexOf(younger.state).wakeAt, younger.state.runs.length]).to.deep.equal([at(0), 1]);
    younger.take({ type: 'merged', winner: 's1', isDone: true });
    expect(indexOf(younger.state)).to.deep.equal({ status: 'idle', positions: [], mergedInto: 's1' });
    expect([younger.state.runs, younger.state.held, younger.state.channels, younger.state.contact.identities]).to.deep.equal([
      [],
      [],
      {},
      [],
    ]);
  });

  it('a reminder is no question: the question is said again, not the reminder', () => {
    const [older, younger] = [new Person('s1'), new Person('s2', 20)];
    programs.push(
      flow(
        'reminded',
        say('ask', 'Your name?'),
        listen('listen', { reminders: [{ after: { value: 5, unit: 'seconds' }, message: { type: 'text', text: 'Still there?' } }] }),
      ),
    );
    older.begins('reminded');
    const wait = older.state.runs[0]?.stack[0];
    expect(textsOf(older.take({ type: 'timeout', waitId: wait?.kind === 'flow' ? wait.wait?.id : '' }, 6))).to.deep.equal(['Still there?']);
    younger.begins('order');
    older.takesOver(younger);
    expect(textsOf(older.says('tea', 30))).to.deep.equal(['You get tea', 'Your name?']);
  });
});
