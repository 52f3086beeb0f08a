import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { type OutboundMessage, plusMillis, type SessionState } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { closedWindow, mayHaveClosed } from '../../src/outbox/window.js';
import { aCall, aSend, aSession, at } from '../support/builders.js';

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
  const storing = (state: SessionState | undefined) => ({ sessions: { load: async () => state && { state } } }) as unknown as Store;
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

  const DAY = 86_400_000;
  const own = { address: '491', lastInboundAt: at(0) };
  for (const [what, use, millis, isClosed] of [
    ['the person wrote a day ago', own, DAY, false],
    ['the person wrote longer than a day ago', own, DAY + 1, true],
    ['the person never wrote', { address: '491' }, DAY + 1, false],
    ['the person wrote from another address', { ...own, address: '492' }, DAY + 1, false],
    ['the person does not use the channel', undefined, DAY + 1, false],
  ] as const)
    it(`is ${isClosed ? '' : 'not '}closed when ${what}`, async () => {
      const state: SessionState = aSession('s1', { channels: use ? { wa: use } : {} });
      const found = await closedWindow(storing(state), waiting(), { known: platform('whatsapp'), now: plusMillis(at(0), millis) });
      expect(found?.code).to.equal(isClosed ? 'send/window-closed' : undefined);
    });

  it('is not closed for a person who was forgotten, on a platform without a window, nor for a call', async () => {
    const late = plusMillis(at(0), DAY + 1);
    const known = platform('whatsapp');
    const store = storing(aSession('s1', { channels: { wa: own } }));
    expect(await closedWindow(storing(undefined), waiting(), { known, now: late })).to.equal(undefined);
    expect(await closedWindow(store, waiting(), { known: platform('viber'), now: late })).to.equal(undefined);
    expect(await closedWindow(store, call, { known, now: late })).to.equal(undefined);
  });
});
