import { expect } from 'chai';
import { readAnswer } from '../../src/engine/answer.js';
import type { LiveRun } from '../../src/engine/live-run.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';
import { aMessage } from '../support/builders.js';

const TOLD = says('{{ lastMessage.type }}: {{ picked }}');
const yesNo = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
];
const colours = ['Red', 'Green', 'Blue'].map((title, i) => ({ id: `c${i}`, title }));
const menu = { type: 'text', text: 'Which?', choices: colours };
const tap = (id: string, title: string, of?: string) => ({ tap: { id, title, ...(of === undefined ? {} : { of }) } });
const begun = (...args: ConstructorParameters<typeof ATalk>) => {
  const talk = new ATalk(...args);
  talk.step({ say: 'go' });
  return talk;
};

describe('what counts as an answer', () => {
  it('a number after a menu that ran out is a number, not the second row of the menu', () => {
    const talk = begun([
      aChain({
        menu: says({ ...menu, choicesAs: 'text' }),
        pick: listens('picked', { timeout: { value: 10, unit: 'minutes' } }),
        people: says('How many people?'),
        count: listens('people'),
        told: says('A table for {{ people }}.'),
      }),
    ]);
    expect(talk.step({ timeout: true, at: 601 }).says).to.deep.equal(['How many people?']);
    expect(talk.step({ say: '2' }).says).to.deep.equal(['A table for 2.']);
  });

  for (const [said, told] of [
    ['2', 'choice: Green'],
    ['Green', 'choice: Green'],
    ['c1', 'choice: Green'],
    ['22', 'text: 22'],
    ['I want 2 of them', 'text: I want 2 of them'],
  ] as const)
    it(`"${said}" after a numbered list is ${told}`, () => {
      const talk = begun([aChain({ ask: says({ ...menu, choicesAs: 'text' }), pick: listens('picked'), told: TOLD })]);
      expect(talk.step({ say: said }).says).to.deep.equal([told]);
    });

  for (const choicesAs of ['buttons', 'list'] as const)
    it(`a number is no answer to ${choicesAs}, where none was shown`, () => {
      const talk = begun([aChain({ ask: says({ ...menu, choicesAs }), pick: listens('picked'), told: TOLD })]);
      expect(talk.step({ say: '1' }).says).to.deep.equal(['text: 1']);
    });

  it('of two messages before the wait taps count on both, typed words are those of the last one', () => {
    const flow = aChain({
      first: says({ type: 'text', text: 'Sure?', choices: yesNo }),
      last: says(menu),
      words: says('Take your time.'),
      pick: listens('picked'),
      told: TOLD,
    });
    expect(begun([flow]).step(tap('no', 'No')).says).to.deep.equal(['choice: No']);
    expect(begun([flow]).step({ say: 'blue' }).says).to.deep.equal(['choice: Blue']);
    expect(begun([flow]).step({ say: 'no' }).says).to.deep.equal(['text: no']);
  });

  it('of two choices with one id the tap means the one on its message; where nobody knows which that is, the last one', () => {
    const one = (title: string) => says({ type: 'text', text: `${title}?`, choices: [{ id: 'a', title }] });
    const flow = aChain({ first: one('Apple'), last: one('Avocado'), pick: listens('picked'), told: TOLD });
    expect(begun([flow]).step(tap('a', 'A', 'first')).says).to.deep.equal(['choice: Apple']);
    expect(begun([flow]).step(tap('a', 'A', 'last')).says).to.deep.equal(['choice: Avocado']);
    const [run] = begun([flow]).state.runs;
    const read = run && readAnswer(run as LiveRun, aMessage('A', { type: 'choice', choice: 'a', title: 'A', replyTo: 'unknown' }));
    expect(read).to.deep.include({ title: 'Avocado' });
  });

  it('a reminder, and a word to what is not accepted, leave the question open; a reminder with choices belongs to it', () => {
    const reminder = { after: { value: 10, unit: 'minutes' }, message: { type: 'text', text: 'Still there?', choices: yesNo } };
    const flow = aChain({
      ask: says(menu),
      pick: listens('picked', { accept: ['text'], notAccepted: 'Please tap.', reminders: [reminder] }),
      told: TOLD,
    });
    const talk = begun([flow]);
    expect(talk.step({ sends: { type: 'audio', text: '', mediaId: '1' } }).says).to.deep.equal(['Please tap.']);
    expect(talk.step({ timeout: true, at: 602 }).says).to.deep.equal(['Still there?']);
    expect(talk.step(tap('c2', 'Blue', 'ask')).says).to.deep.equal(['choice: Blue']);
    const other = begun([flow]);
    other.step({ timeout: true, at: 602 });
    expect(other.step(tap('yes', 'Yes')).says).to.deep.equal(['choice: Yes']);
  });

  const two = aChain({
    one: says({ type: 'text', text: 'Do you smoke?', choices: yesNo }),
    a: listens('smokes'),
    two: says({ type: 'text', text: 'Delete your account?', choices: yesNo }),
    b: listens('deletes', { notAccepted: 'That was an older question.' }),
    told: says('smokes {{ smokes }}, deletes {{ deletes }}'),
  });

  it('a double tap is ignored, with a warning, and in silence', () => {
    const talk = begun([two]);
    talk.step(tap('yes', 'Yes', 'one'));
    const again = talk.step(tap('yes', 'Yes', 'one'));
    expect([again.kind, again.says, again.warnings]).to.deep.equal(['ignored', [], ['choice/stale']]);
    expect(talk.step(tap('no', 'No', 'two')).says).to.deep.equal(['smokes Yes, deletes No']);
  });

  for (const [why, step] of [
    ['another choice', { ...tap('no', 'No', 'one'), at: 4 }],
    ['the same choice 11 seconds later', { ...tap('yes', 'Yes', 'one'), at: 13 }],
  ] as const)
    it(`${why} on an older question is no answer either, and is told so once`, () => {
      const talk = begun([two]);
      talk.step({ ...tap('yes', 'Yes', 'one'), at: 2 });
      expect(talk.step(step).says).to.deep.equal(['That was an older question.']);
      expect(talk.step({ ...tap('no', 'No', 'one'), at: 40 }).says).to.deep.equal([]);
      expect(talk.step({ say: 'no' }).says).to.deep.equal(['smokes Yes, deletes No']);
    });

  it('ten seconds are still a double tap', () => {
    const talk = begun([two]);
    talk.step({ ...tap('yes', 'Yes', 'one'), at: 2 });
    expect(talk.step({ ...tap('yes', 'Yes', 'one'), at: 12 }).says).to.deep.equal([]);
  });

  it('a tap on an older question may start a flow that interrupts', () => {
    const side = aChain(
      { hello: says('Side') },
      { code: 'side', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['yes'] }, onBusy: 'interrupt' }] },
    );
    const talk = begun([two, side]);
    talk.step({ say: 'no' });
    expect(talk.step(tap('yes', 'Yes', 'one')).says).to.deep.equal(['Side']);
  });

  it('a tap on an earlier sending of the same node counts', () => {
    const flow = aChain({ ask: says(menu), pick: listens('picked', { timeoutBranch: true }), told: TOLD }, {});
    const talk = begun([{ ...flow, edges: [...flow.edges, { from: 'pick', port: 'notReplied', to: 'ask' }] }]);
    talk.step({ timeout: true, at: 3602 });
    const first = talk.state.runs[0]?.offer?.[0];
    expect(talk.state.runs[0]?.offer).to.have.length(1);
    const quoted = {
      id: 'wamid.1',
      effect: 'another',
      run: talk.state.runs[0]?.id ?? '',
      node: first?.node ?? '',
      flow: first?.flow ?? '',
    };
    const older = { type: 'choice', choice: 'c0', title: 'Red', text: 'Red', replyTo: 'wamid.1' };
    expect(talk.step({ sends: { ...older, quoted: { ...quoted, run: 'another' } } }).kind).to.equal('ignored');
    expect(talk.step({ sends: { ...older, quoted: { ...quoted, node: 'another' } } }).kind).to.equal('ignored');
    expect(talk.step({ sends: { ...older, quoted: { ...quoted, flow: 'another' } } }).kind).to.equal('ignored');
    expect(talk.step({ sends: { ...older, quoted } }).says).to.deep.equal(['choice: Red']);
  });

  it('a quote that nobody knows counts if its choice is offered, else it is stale', () => {
    const unknown = (id: string) => ({
      sends: { type: 'choice', choice: id, title: id, text: id, replyTo: 'wamid.x', quoted: { id: 'wamid.x' } },
    });
    const flow = aChain({ ask: says(menu), pick: listens('picked'), told: TOLD });
    expect(begun([flow]).step(unknown('old')).warnings).to.deep.equal(['choice/stale']);
    expect(begun([flow]).step(unknown('c1')).says).to.deep.equal(['choice: Green']);
  });

  it('a second tap on a message is no answer to the next question, though nobody knows yet whose message that is', () => {
    const talk = begun([two]);
    const unknown = {
      sends: { type: 'choice', choice: 'yes', title: 'Yes', text: 'Yes', replyTo: 'wamid.one', quoted: { id: 'wamid.one' } },
    };
    expect(talk.step(unknown).says).to.deep.equal(['Delete your account?']);
    const again = talk.step(unknown);
    expect([again.says, again.warnings]).to.deep.equal([[], ['choice/stale']]);
    const known = { ...unknown.sends, quoted: { id: 'wamid.one', effect: talk.state.runs[0]?.lastMessage?.id ?? '' } };
    expect(talk.step({ sends: known }).says, 'a double tap, known by the id of the provider').to.deep.equal([]);
  });

  it('a tap that comes as a text, with an id that was cut, is whole as well', () => {
    const choices = [0, 1].map((i) => ({ id: `{{ long }}${i}`, title: `Choice ${i}` }));
    const talk = new ATalk([
      aChain({
        long: ['set-variables', { set: [{ name: 'long', value: 'x'.repeat(256) }] }],
        ask: says({ type: 'text', text: 'Where?', choices }),
        pick: listens('picked'),
        told: TOLD,
      }),
    ]);
    talk.step({ say: 'go', on: 'vb' });
    const sent = talk.state.runs[0]?.offer?.[0]?.choices[1]?.sent ?? '';
    expect(talk.step({ say: sent, on: 'vb' }).says).to.deep.equal(['choice: Choice 1']);
  });

  it('a tap without a quote is read as if it were typed', () => {
    const bare = (id: string, title: string) => ({ sends: { type: 'choice', choice: id, title, text: title } });
    const flow = aChain({ ask: says(menu), pick: listens('picked'), told: TOLD });
    expect(begun([flow]).step(bare('c1', 'Green')).says).to.deep.equal(['choice: Green']);
    expect(begun([flow]).step(bare('gone', 'Blue')).says).to.deep.equal(['choice: Blue']);
    expect(begun([flow]).step(bare('gone', 'Pink')).says).to.deep.equal(['text: Pink']);
  });

  it('a typed answer counts whatever it quotes', () => {
    const talk = begun([aChain({ ask: says(menu), pick: listens('picked'), told: TOLD })]);
    const quoted = { id: 'wamid.1', effect: 's1.1.1', run: 'another', node: 'menu' };
    expect(talk.step({ sends: { type: 'text', text: 'green', replyTo: 'wamid.1', quoted } }).says).to.deep.equal(['choice: Green']);
  });

  it('titles and ids that were cut for their buttons are saved whole', () => {
    const titles = ['Downtown Medical Center North', 'Downtown Medical Center South'];
    const ids = titles.map((_, i) => `${'x'.repeat(256)}${i}`);
    const choices = titles.map((title, i) => ({ id: `{{ long }}${i}`, title: `{{ '${title}' }}` }));
    const talk = begun([
      aChain({
        long: ['set-variables', { set: [{ name: 'long', value: 'x'.repeat(256) }] }],
        ask: says({ type: 'text', text: 'Where?', choices }),
        pick: listens('picked'),
        told: says('{{ picked }} {{ lastMessage.choice }}'),
      }),
    ]);
    const sent = talk.state.runs[0]?.offer?.[0]?.choices[1]?.sent ?? '';
    expect(sent.length).to.be.at.most(256);
    expect(talk.step(tap(sent, 'Downtown Medical… 2')).says).to.deep.equal([`${titles[1]} ${ids[1]}`]);
  });

  it('two titles that are one when typed from memory: neither is taken', () => {
    const choices = ['Résumé', 'Resume'].map((title, i) => ({ id: `r${i}`, title }));
    const flow = aChain({ ask: says({ type: 'text', text: 'Which?', choices }), pick: listens('picked'), told: TOLD });
    expect(begun([flow]).step({ say: 'resume' }).says).to.deep.equal(['choice: Resume']);
    expect(begun([flow]).step({ say: 'resume!' }).says).to.deep.equal(['text: resume!']);
  });

  it('a run that was stored before there were offers goes on: its taps count, and what was offered last can be typed', () => {
    const talk = begun([aChain({ ask: says(menu), pick: listens('picked'), told: TOLD })], undefined);
    const [run] = talk.state.runs;
    const { offer: _, question: __, ...old } = run ?? { offer: [], question: undefined };
    const stored = { ...talk.state, runs: [{ ...old, offered: colours }] } as typeof talk.state;
    expect(talk.at(stored).step({ say: '2' }).says).to.deep.equal(['choice: Green']);
    const quoted = { id: 'w', effect: 'e', run: run?.id ?? '' };
    const tapped = (choice: string) => ({ sends: { type: 'choice', choice, title: 'x', text: 'x', replyTo: 'w', quoted } });
    expect(talk.at(stored).step(tapped('c2')).says).to.deep.equal(['choice: Blue']);
    expect(talk.at({ ...stored, runs: [old as (typeof stored.runs)[number]] }).step(tapped('any')).says).to.deep.equal(['choice: x']);
  });
});
