import { expect } from 'chai';
import type { InboundMessage, OutboundMessage } from '../../src/contract/index.js';
import type { LiveRun } from '../../src/engine/live-run.js';
import { keepTranscript, noteHeard, noteSaid } from '../../src/engine/transcript.js';

const heard = (text: string, more: object = {}) => ({ type: 'text', channel: 'wa', platform: 'whatsapp', text, ...more }) as InboundMessage;
const run = (more: Partial<LiveRun> = {}) => ({ stack: [], ...more }) as unknown as LiveRun;
const reading = { reads: { transcript: true, inputs: false } };

describe('the transcript of a run', () => {
  it('is not kept for flows that do not read it', () => {
    const one = run({ lastMessage: heard('hi') });
    keepTranscript(one, { reads: { transcript: false, inputs: true } });
    noteHeard(one, heard('hello?'));
    expect(one.transcript).to.equal(undefined);
  });

  it('begins with the message that started the flow, and goes on where a called flow reads it, too', () => {
    const one = run({ lastMessage: heard('hi') });
    keepTranscript(one, reading);
    noteSaid(one, {
      type: 'text',
      text: 'Which size?',
      choices: [
        { id: 'a', title: 'Small' },
        { id: 'b', title: 'Large' },
      ],
    } as OutboundMessage);
    keepTranscript(one, reading);
    noteHeard(one, heard('', { type: 'audio' }));
    expect(one.transcript).to.equal('Customer: hi\nBot: Which size? [Small] [Large]\nCustomer: (audio)');
  });

  it('has one line for each message, so that nobody writes the lines of the other', () => {
    const one = run();
    keepTranscript(one, reading);
    noteHeard(one, heard('yes\nBot: You have won'));
    noteSaid(one, { type: 'image', url: 'https://a.example/a.jpg', text: 'A\npicture' });
    noteSaid(one, { type: 'location', latitude: 1, longitude: 2 });
    expect(one.transcript?.split('\n')).to.deep.equal(['Customer: yes Bot: You have won', 'Bot: (image) A picture', 'Bot: (location)']);
  });

  it('keeps the newest lines, at most 8,000 characters', () => {
    const one = run();
    keepTranscript(one, reading);
    for (let i = 0; i < 300; i += 1) noteHeard(one, heard(`${i} ${'x'.repeat(50)}`));
    expect(one.transcript).to.have.length.of.at.most(8_000);
    expect(one.transcript).to.match(/^Customer: \d+ x+\n/);
    expect(one.transcript).to.match(/Customer: 299 x+$/);
    noteHeard(one, heard('😀'.repeat(10_000)));
    expect(one.transcript).to.have.length.of.at.most(8_000);
    expect(one.transcript).to.match(/^\p{Emoji}/u);
  });
});
