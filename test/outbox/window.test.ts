import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { type OutboundMessage, plusMillis } from '../../src/contract/index.js';
import { mayHaveClosed } from '../../src/outbox/window.js';
import { aCall, aSend, at } from '../support/builders.js';

describe('the window of a send', () => {
  const platform = (type: string) => {
    const adapter = adapters.find((one) => one.type === type);
    if (!adapter) throw new Error(`there is no adapter ${type}`);
    return { adapter };
  };
  const waiting = (message?: OutboundMessage) => {
    const send = aSend('s1', 1, 1);
    const body = message && send.body.kind === 'send' ? { ...send.body, message } : send.body;
    return { effect: { ...send, at: at(0), body }, status: 'claimed', attempts: 0, accepted: 0, providerIds: [] } as const;
  };
  const call = { ...waiting(), effect: { ...aCall('s1', 1, 1), at: at(0) } };
  const template: OutboundMessage = { type: 'template', name: 'hello', language: 'en' };

  for (const [what, type, effect, millis, may] of [
    ['just decided', 'whatsapp', waiting(), 0, false],
    ['a minute old', 'whatsapp', waiting(), 60_000, false],
    ['older than a minute', 'whatsapp', waiting(), 60_001, true],
    ['old, where the platform has no window', 'viber', waiting(), 86_400_000, false],
    ['old, and a template', 'whatsapp', waiting(template), 86_400_000, false],
    ['old, and a call to another system', 'whatsapp', call, 86_400_000, false],
  ] as const)
    it(`is ${may ? '' : 'not '}looked at again when it is ${what}`, () => {
      expect(mayHaveClosed(effect, platform(type), plusMillis(at(0), millis))).to.equal(may);
    });
});
