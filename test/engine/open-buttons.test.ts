import { expect } from 'chai';
import type { Heard } from '../support/a-talk.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';

const choices = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
];
const kept = ({ decision }: Heard) => decision.effects.map(({ body }) => (body.kind === 'send' ? body.message.keeps?.effectId : undefined));
const reminder = { after: { value: 10, unit: 'minutes' }, message: { type: 'text', text: 'Still there?' } };

describe('the buttons of an open question, where each message takes away those of the one before', () => {
  const flow = aChain(
    {
      before: says('Hello'),
      ask: says({ type: 'text', text: 'Sure?', choices }),
      words: says('Take your time.'),
      pick: listens('picked', { accept: ['text'], notAccepted: 'Please tap.', reminders: [reminder] }),
      told: says('You said {{ picked }}'),
    },
    { settings: { onError: 'Sorry.' } },
  );
  const beside = aChain({ hello: says('Beside') }, { code: 'beside', triggers: [{ type: 'TriggeredManually' }] });
  const begun = () => {
    const talk = new ATalk([flow, beside]);
    return { talk, begin: talk.step({ say: 'go', on: 'vb' }) };
  };

  it('stay with words after it, reminders, refusals and other runs, and go with the answer', () => {
    const { talk, begin } = begun();
    const ask = begin.decision.effects[1]?.id;
    expect(kept(begin)).to.deep.equal([undefined, undefined, ask]);
    expect(kept(talk.step({ sends: { type: 'audio', text: '' }, on: 'vb' }))).to.deep.equal([ask]);
    expect(kept(talk.step({ start: { flow: 'beside', onBusy: 'background' }, on: 'vb' }))).to.deep.equal([ask]);
    expect(kept(talk.step({ timeout: true, at: 601 }))).to.deep.equal([ask]);
    const told = talk.step({ tap: { id: 'no', title: 'No' }, on: 'vb' });
    expect([told.says, kept(told)]).to.deep.equal([['You said No'], [undefined]]);
  });

  it('are not kept on WhatsApp, where they stay by themselves', () => {
    const talk = new ATalk([flow]);
    expect(kept(talk.step({ say: 'go' }))).to.deep.equal([undefined, undefined, undefined]);
  });

  it('go with a run that an operator ends', () => {
    const { talk } = begun();
    const run = talk.state.runs[0]?.id ?? '';
    const ended = talk.step({ command: { command: 'end', args: { run, message: 'Bye' } } });
    expect([ended.says, kept(ended)]).to.deep.equal([['Bye'], [undefined]]);
  });

  it('go with a run that has failed, which says its own last word', () => {
    const ask = says({ type: 'text', text: 'Sure?', choices });
    const broken = aChain({ ask, bug: ['test-throw', {}] }, { settings: { onError: 'Sorry.' } });
    const failed = new ATalk([broken]).step({ say: 'go', on: 'vb' });
    expect([failed.says, kept(failed)]).to.deep.equal([
      ['Sure?', 'Sorry.'],
      [undefined, undefined],
    ]);
  });

  it('are not those of a run that is aside', () => {
    const { talk } = begun();
    const { state } = talk;
    talk.at({ ...state, runs: state.runs.map((run) => ({ ...run, place: 'queued', aside: 'foreground' })) });
    const other = talk.step({ start: { flow: 'beside', onBusy: 'queue' }, on: 'vb' });
    expect([other.says[0], kept(other)[0]]).to.deep.equal(['Beside', undefined]);
  });

  it('are those of the message that is sent again, when it was given up', () => {
    const { talk, begin } = begun();
    const [, ask] = begin.decision.effects;
    const args = { effect: ask?.id, body: ask?.body, run: ask?.run, flow: ask?.flow, version: 1, node: ask?.node };
    const again = talk.step({ command: { command: 'resend', args: JSON.parse(JSON.stringify(args)) } });
    expect(again.says).to.deep.equal(['Sure?']);
    expect(talk.state.runs[0]?.offer?.map(({ effectId }) => effectId)).to.deep.equal([ask?.id, again.decision.effects[0]?.id]);
  });

  it('a command without a failed send sends nothing', () => {
    const { talk, begin } = begun();
    const [, ask] = begin.decision.effects;
    for (const args of [{ body: ask?.body }, { effect: ask?.id }, { effect: ask?.id, body: { ...ask?.body, kind: 'call' } }]) {
      const refused = talk.step({ command: { command: 'resend', args: JSON.parse(JSON.stringify(args)) } });
      expect([refused.kind, refused.says]).to.deep.equal(['refused', []]);
    }
  });

  it('of a question that is said again elsewhere: the tap on it answers, and what it quoted is not quoted', () => {
    const over = aChain({
      link: says('{{ link.viber }}'),
      ask: says({ type: 'text', text: 'Sure?', choices }, { replyToLast: true }),
      pick: listens('picked'),
      told: says('You said {{ picked }}'),
    });
    const talk = new ATalk([over]);
    talk.step({ say: 'go' });
    const again = talk.step({ opens: 'vb' });
    expect(again.decision.effects[0]?.body).to.deep.include({ message: { type: 'text', text: 'Sure?', choices } });
    expect(talk.step({ tap: { id: 'no', title: 'No' }, on: 'vb' }).says).to.deep.equal(['You said No']);
  });

  it('a question without buttons is said again, but not the link itself, nor on the platform that is not waited for', () => {
    const asked = (nodes: Parameters<typeof aChain>[0]) => {
      const talk = new ATalk([aChain(nodes)]);
      talk.step({ say: 'go' });
      return talk.step({ opens: 'vb' }).says;
    };
    const link = says('{{ link.viber }}');
    expect(asked({ link, ask: says('Name?'), name: listens('name') })).to.deep.equal(['Name?']);
    expect(asked({ link, name: listens('name') })).to.deep.equal([]);
    const second = says({ type: 'text', text: 'Really?', choices });
    expect(asked({ link, ask: says({ type: 'text', text: 'Sure?', choices }), second, pick: listens('picked') })).to.deep.equal([
      'Really?',
    ]);
    expect(asked({ link, ask: says('Name?'), name: listens('name', { platform: 'whatsapp' }) })).to.deep.equal([]);
    expect(asked({ link, ask: says('Name?'), name: listens('name', { platform: 'viber' }) })).to.deep.equal(['Name?']);
  });

  it('a question that was answered is not said again', () => {
    const talk = new ATalk([aChain({ link: says('{{ link.viber }}'), ask: says('Name?'), name: listens('name'), more: listens('more') })]);
    talk.step({ say: 'go' });
    talk.step({ say: 'Ada' });
    expect(talk.step({ opens: 'vb' }).says).to.deep.equal([]);
  });
});
