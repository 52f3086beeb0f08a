import { expect } from 'chai';
import viber from '../../adapters/viber/index.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import type { ProviderReply, ProviderRequest } from '../../src/contract/index.js';
import { createInquiries } from '../../src/published/inquiries.js';
import type { KnownChannel } from '../../src/published/known-channel.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, until } from '../support/small-world.js';

const TOKEN = 'token-of-a-bot';
const AWAY: ProviderReply = { failed: 'unreachable', detail: 'ECONNREFUSED' };
const said = (body: string): ProviderReply => ({ status: 200, headers: {}, body });
const known = (config: object, updatedAt = '1'): KnownChannel => ({
  channel: { id: 'vb', adapter: 'viber', name: 'VB', config: {}, createdAt: '1', updatedAt },
  adapter: viber,
  config: { authToken: TOKEN, senderName: 'Bot', baseUrl: 'http://viber.example', ...config },
});

describe('what the settings of a channel leave out', () => {
  const clock = manualClock();
  let asked: ProviderRequest[];
  let answers: Promise<ProviderReply>[];
  const asking = {
    clock,
    ask(request: ProviderRequest) {
      asked.push(request);
      return answers.shift() ?? Promise.resolve(AWAY);
    },
  };
  beforeEach(() => {
    asked = [];
    answers = [];
  });

  it('is asked for once, and filled in', async () => {
    const inquiries = createInquiries(asking);
    const channel = known({});
    answers.push(Promise.resolve(said('{"status":0,"uri":"our-bot","id":"pa:75346594275468546724"}')));
    let told = 0;
    for (let look = 0; look < 3; look += 1) await inquiries.ask([channel], () => (told += 1));
    expect(asked).to.deep.equal([
      {
        method: 'POST',
        url: 'http://viber.example/pa/get_account_info',
        headers: { 'x-viber-auth-token': TOKEN, 'content-type': 'application/json' },
        body: '{}',
      },
    ]);
    expect([told, inquiries.filled(channel).config]).to.deep.equal([1, { ...(channel.config as object), uri: 'our-bot' }]);
  });

  it('is asked for again when the channel was changed, and what was told of the old account is forgotten', async () => {
    const inquiries = createInquiries(asking);
    answers.push(Promise.resolve(said('{"status":0,"uri":"our-bot"}')), Promise.resolve(said('{"status":2}')));
    await inquiries.ask([known({})], () => {});
    const changed = known({ authToken: 'another' }, '2');
    await inquiries.ask([changed], () => {});
    expect([asked.length, inquiries.filled(changed)]).to.deep.equal([2, changed]);
  });

  it('is asked for again after a minute where the provider is away, and nobody waits for one that does not answer', async () => {
    const inquiries = createInquiries(asking);
    const channel = known({});
    let answer: (reply: ProviderReply) => void = () => {};
    answers.push(
      new Promise((done) => {
        answer = done;
      }),
      Promise.resolve(said('{"status":0,"uri":"our-bot"}')),
    );
    const waiting = inquiries.ask([channel], () => {});
    clock.advance(2_000);
    await waiting;
    await inquiries.ask([channel], () => {});
    answer(AWAY);
    await until(async () => {
      clock.advance(59_000);
      await inquiries.ask([channel], () => {});
      return asked.length > 1;
    });
    await until(() => inquiries.filled(channel) !== channel);
  });

  it('is not asked for where it is there, and what is no address is not taken', async () => {
    const inquiries = createInquiries(asking);
    const full = known({ uri: 'our-bot' });
    await inquiries.ask([full], () => {});
    expect([asked.length, inquiries.filled(full)]).to.deep.equal([0, full]);
    for (const uri of ['', 'a b', 'x&context=y', 7, null, 'x'.repeat(101)])
      expect(viber.inquiry?.(known({}).config)?.read(said(JSON.stringify({ status: 0, uri }))), String(uri)).to.deep.equal({});
    for (const body of ['', '<html>', '[]']) expect(viber.inquiry?.(known({}).config)?.read(said(body)), body).to.deep.equal({});
  });

  it('of a WhatsApp number is how people see it', () => {
    const { displayPhoneNumber, ...account } = ACCOUNT;
    const { value: config } = whatsapp.config.validate(account);
    const inquiry = whatsapp.inquiry?.(config);
    expect([inquiry?.request.method, inquiry?.request.url]).to.deep.equal([
      'GET',
      `https://graph.facebook.com/v25.0/${ACCOUNT.phoneNumberId}?fields=display_phone_number`,
    ]);
    expect(inquiry?.read(said(JSON.stringify({ display_phone_number: '+1 555-078-3881', id: '1' })))).to.deep.equal({
      displayPhoneNumber: '+1 555-078-3881',
    });
    for (const body of ['{"display_phone_number":"call me"}', '{"error":{"code":190}}', 'no JSON'])
      expect(inquiry?.read(said(body)), body).to.deep.equal({});
    expect([inquiry?.read(AWAY), whatsapp.inquiry?.({ ...config, displayPhoneNumber })]).to.deep.equal([{}, undefined]);
  });
});
