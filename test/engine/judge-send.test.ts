import { expect } from 'chai';
import viber from '../../adapters/viber/index.js';
import type { OutboundMessage, SendRequest } from '../../src/contract/index.js';
import { judgeSend, type SendWorld } from '../../src/engine/judge-send.js';
import type { ChannelFacts } from '../../src/engine/turn-input.js';
import { at } from '../support/builders.js';
import { whatsappFacts } from '../support/whatsapp-facts.js';

const DAY = 86_400;
const hello: OutboundMessage = { type: 'text', text: 'Hello' };
const template = { type: 'template', name: 'again', language: 'en' } as const;
const vb: ChannelFacts = { id: 'vb', platform: 'viber', limits: viber.limits, variables: {} };

/** Heard on `wa` at the start, on `vb` a minute later; the run is on `wa`. */
interface More extends Partial<Pick<SendWorld, 'uses' | 'optOut' | 'answers'>> {
  readonly seconds?: number;
  readonly channel?: string;
}
function world(more: More = {}): SendWorld {
  return {
    facts: new Map([whatsappFacts('wa'), whatsappFacts('wa-2'), vb].map((one) => [one.id, one])),
    uses: more.uses ?? { wa: { address: '4915112345678', lastInboundAt: at(0) }, vb: { address: 'ada==', lastInboundAt: at(60) } },
    now: at(more.seconds ?? 10),
    optOut: more.optOut ?? {},
    answers: more.answers,
    run: { channel: more.channel ?? 'wa', lane: 'reply', lastMessage: { channel: more.channel ?? 'wa' } },
  };
}

function judged(request: Omit<SendRequest, 'kind'>, where = world()) {
  const { body, skipped, warnings } = judgeSend({ kind: 'send', ...request }, where);
  return {
    to: `${body.channel} ${body.address}`,
    message: body.message,
    skipped: skipped?.code,
    warnings: warnings.map(({ code }) => code),
  };
}

describe('the rule for everything that is sent: where it goes', () => {
  it('to the contact on the channel of the run', () => {
    expect(judged({ message: hello }).to).to.equal('wa 4915112345678');
  });

  it('to the contact on a platform that can show it, where the run is on another', () => {
    expect(judged({ message: hello, on: ['viber'] }).to).to.equal('vb ada==');
  });

  it('on the channel of the run, where it is one of several platforms', () => {
    expect(judged({ message: hello, on: ['viber', 'whatsapp'] }).to).to.equal('wa 4915112345678');
  });

  it('on the channel of a platform that the person was heard on last', () => {
    const uses = { wa: { address: '1', lastInboundAt: at(0) }, 'wa-2': { address: '2', lastInboundAt: at(5) } };
    expect(judged({ message: hello, on: ['whatsapp'] }, world({ uses, channel: 'vb' })).to).to.equal('wa-2 2');
  });

  it('nowhere, where the contact has no address on the platform: it is skipped', () => {
    const { skipped, warnings } = judged({ message: hello, on: ['viber'] }, world({ uses: { wa: { address: '4915112345678' } } }));
    expect(skipped).to.equal('send/no-address');
    expect(warnings).to.deep.equal(['send/no-address']);
  });

  it('from a channel to an address, if both are there', () => {
    expect(judged({ message: hello, to: { channel: ' wa-2 ', address: ' +49 30 901820 ' } }).to).to.equal('wa-2 4930901820');
    expect(judged({ message: hello, to: { channel: '', address: '4930901820' } }).skipped).to.equal('send/no-address');
    expect(judged({ message: hello, to: { channel: 'wa-2', address: ' ' } }).skipped).to.equal('send/no-address');
  });

  it('reads a typed phone number whole or not at all, and takes ids of users as they are', () => {
    const to = (address: string, channel = 'wa-2') => {
      const one = judged({ message: hello, to: { channel, address } });
      return one.skipped ?? one.to;
    };
    expect(to('+49 (0)1511 2345678 ext. 5')).to.equal('wa-2 4915112345678');
    expect(to('+49 1511 2345678, +49 1511 2345679')).to.equal('send/no-address');
    expect(to('01511 2345678')).to.equal('send/no-address');
    expect(to('US.13491208655302741918')).to.equal('wa-2 US.13491208655302741918');
    expect(to('01234567890A=', 'vb')).to.equal('vb 01234567890A=');
  });

  it('quotes a message on the channel where it was written, and nowhere else', () => {
    const quoting = { ...hello, replyTo: 'wamid.q' };
    expect(judged({ message: quoting }).message).to.deep.equal(quoting);
    expect(judged({ message: quoting, on: ['viber'] }).message).to.deep.equal(hello);
  });
});

describe('the rule for everything that is sent: the 24-hour window', () => {
  it('is open to the very end of it, and closed a moment later', () => {
    expect(judged({ message: hello }, world({ seconds: DAY })).skipped).to.equal(undefined);
    const { skipped, warnings } = judged({ message: hello }, world({ seconds: DAY + 0.001 }));
    expect(skipped).to.equal('send/window-closed');
    expect(warnings).to.deep.equal(['send/window-closed']);
  });

  it('was never open to a person who has not written', () => {
    expect(judged({ message: hello }, world({ uses: { wa: { address: '4915112345678' } } })).skipped).to.equal('send/window-closed');
  });

  it('does not concern a template', () => {
    expect(judged({ message: template }, world({ seconds: DAY + 1 })).skipped).to.equal(undefined);
  });

  it('does not concern Viber', () => {
    expect(judged({ message: hello, on: ['viber'] }, world({ seconds: 3 * DAY })).skipped).to.equal(undefined);
  });

  it('is met by a template, which is sent only while the window is closed', () => {
    const request = { message: hello, ifWindowClosed: template };
    expect(judged(request).message).to.deep.equal(hello);
    const late = judged(request, world({ seconds: DAY + 1 }));
    expect(late.message).to.deep.equal(template);
    expect(late.skipped).to.equal(undefined);
    expect(late.warnings).to.deep.equal([]);
  });

  it("is judged for the contact's own address, however it is written", () => {
    const late = world({ seconds: DAY + 1 });
    expect(judged({ message: hello, to: { channel: 'wa', address: '+49 (151) 1234-5678' } }, late).skipped).to.equal('send/window-closed');
    expect(judged({ message: hello, to: { channel: 'wa', address: '+49 (151) 1234-5678' } }).to).to.equal('wa 4915112345678');
  });

  it('is not judged for another address: nobody here knows when its owner wrote', () => {
    const late = world({ seconds: DAY + 1 });
    expect(judged({ message: hello, to: { channel: 'wa', address: '4915112345679' } }, late).skipped).to.equal(undefined);
    expect(judged({ message: hello, to: { channel: 'wa-2', address: '4915112345678' } }, late).skipped).to.equal(undefined);
  });
});

describe('the rule for everything that is sent: what is there to read', () => {
  const empty: readonly OutboundMessage[] = [
    { type: 'text', text: ' \n' },
    { type: 'image', url: ' ', text: 'a' },
    { type: 'audio', url: '' },
    { type: 'link', text: 'a', button: 'Open', url: '' },
    { type: 'link', text: '', button: 'Open', url: 'https://x' },
    { type: 'link', text: 'a', button: ' ', url: 'https://x' },
    { type: 'template', name: '', language: 'en' },
    { type: 'template', name: 'hello', language: ' ' },
    { type: 'carousel', text: '', cards: [] },
  ];
  for (const message of empty)
    it(`skips what came out empty: ${JSON.stringify(message)}`, () => {
      expect(judged({ message }).skipped).to.equal('send/nothing-to-send');
    });

  it('a text with choices that came out empty keeps its choices, under an emoji', () => {
    const choices = [{ id: 'y', title: 'Yes' }];
    const { message, skipped, warnings } = judged({ message: { type: 'text', text: ' ', choices } });
    expect(message).to.deep.equal({ type: 'text', text: '👇', choices });
    expect(skipped).to.equal(undefined);
    expect(warnings).to.deep.equal(['send/no-words']);
  });

  it('skips what has a longer address than the platform takes, wherever in the message it is', () => {
    const url = `https://x.example/${'a'.repeat(2_000)}`;
    const messages: readonly OutboundMessage[] = [
      { type: 'image', url },
      { type: 'video', url: 'https://x.example/a.mp4', thumbnailUrl: url, sizeBytes: 1 },
      { type: 'text', text: 'a', choices: [{ id: 'o', title: 'Open', url }] },
      { type: 'carousel', text: 'a', cards: [{ imageUrl: url, text: 'b' }] },
      { type: 'carousel', text: 'a', cards: [{ imageUrl: 'https://x.example/a.png', text: 'b', url, button: 'Open' }] },
    ];
    for (const message of messages) {
      expect(judged({ message, on: ['viber'] }).skipped).to.equal('send/address-too-long');
      expect(judged({ message }).skipped).to.equal(undefined);
    }
    expect(judged({ message: { type: 'image', url: url.slice(0, 2_000) }, on: ['viber'] }).skipped).to.equal(undefined);
  });
});

describe('the rule for everything that is sent: who has opted out', () => {
  const wrote = (seconds: number, platform: 'whatsapp' | 'viber' = 'whatsapp') => ({ platform, type: 'text', sentAt: at(seconds) });
  const skippedAfter = (answers: SendWorld['answers'], seconds: number) =>
    judged({ message: template }, world({ optOut: { whatsapp: { since: at(5) } }, answers, seconds })).skipped;

  it('gets nothing on that platform, templates included', () => {
    expect(skippedAfter(undefined, 10)).to.equal('send/opted-out');
    expect(judged({ message: hello }, world({ optOut: { whatsapp: {} } })).warnings).to.deep.equal(['send/opted-out']);
    for (const channel of ['wa', 'wa-2']) {
      const to = { channel, address: '+49 1511 2345678' };
      expect(judged({ message: hello, to }, world({ optOut: { whatsapp: {} } })).skipped).to.equal('send/opted-out');
    }
  });

  it('leaves alone what goes to others: whether they have opted out is known when it is sent', () => {
    const to = { channel: 'wa', address: '4917612345678' };
    const { body, skipped } = judgeSend({ kind: 'send', message: hello, to }, world({ optOut: { whatsapp: {} } }));
    expect([body.isOther, skipped]).to.deep.equal([true, undefined]);
  });

  it('gets answers to what they write after it, for a day', () => {
    expect(skippedAfter(wrote(5), 10)).to.equal('send/opted-out');
    expect(skippedAfter(wrote(6), 10)).to.equal(undefined);
    expect(skippedAfter(wrote(6), 6 + DAY)).to.equal(undefined);
    expect(skippedAfter(wrote(6), 7 + DAY)).to.equal('send/opted-out');
  });

  it('gets no answer there to what they write elsewhere, nor to opening a chat', () => {
    expect(skippedAfter(wrote(6, 'viber'), 10)).to.equal('send/opted-out');
    expect(skippedAfter({ ...wrote(6), type: 'conversation_started' }, 10)).to.equal('send/opted-out');
  });

  it('gets everything on other platforms, and answers where an earlier release has not stored when it was', () => {
    expect(judged({ message: hello, on: ['viber'] }, world({ optOut: { whatsapp: {} } })).skipped).to.equal(undefined);
    expect(judged({ message: hello }, world({ optOut: { whatsapp: {} }, answers: wrote(6) })).skipped).to.equal(undefined);
  });
});
