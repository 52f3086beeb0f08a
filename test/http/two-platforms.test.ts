import { expect } from 'chai';
import type { ViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TOKEN = '44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3';
interface Turn {
  readonly event: { readonly type: string };
  readonly decision: { readonly kind: string };
  readonly warnings: readonly { readonly code: string }[];
}
const say = (id: string, text: string) => ({
  id,
  type: 'send-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
/** Begins on one platform, and goes on over the other. */
const across = (code: string, from: 'WhatsApp' | 'Viber', to: 'whatsapp' | 'viber') =>
  aFlow(code, {
    triggers: [{ type: `TriggeredBy${from}`, match: { keywords: [code] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      say('invite', `{{ link.${to} }}`),
      {
        id: 'there',
        type: 'wait-for-response',
        version: 1,
        params: { platform: to, timeout: { value: 1, unit: 'hours' }, saveAs: 'said' },
      },
      say('hello', 'here you said {{ said }}'),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'invite' },
      { from: 'invite', port: 'next', to: 'there' },
      { from: 'there', port: 'replied', to: 'hello' },
      { from: 'hello', port: 'next', to: 'end' },
    ],
  });

/** Shows a link, then asks something that can be answered on both platforms. */
const asksAnywhere = aFlow('over', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['over'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    say('invite', '{{ link.viber }}'),
    say('ask', 'What is your name?'),
    { id: 'name', type: 'wait-for-response', version: 1, params: { saveAs: 'name' } },
    say('told', 'Hello {{ name }} on {{ channelId }}'),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'invite' },
    { from: 'invite', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'name' },
    { from: 'name', port: 'replied', to: 'told' },
    { from: 'told', port: 'next', to: 'end' },
  ],
});

describe('one person on WhatsApp and Viber', () => {
  let host: TestApp;
  let whatsapp: WhatsAppEmulator;
  let viber: ViberEmulator;
  let serial = 0;
  before(async () => {
    host = await startTestApp();
    whatsapp = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    viber = await startViberEmulator({ authToken: TOKEN, webhookUrl: `${host.url}/webhooks/vb` });
    const bot = { authToken: TOKEN, senderName: 'Parley', uri: 'parley', baseUrl: viber.url };
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: whatsapp.url } });
    await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'VB', config: bot });
    const flows = [
      across('go', 'WhatsApp', 'viber'),
      across('come', 'Viber', 'whatsapp'),
      asksAnywhere,
      { ...across('other', 'Viber', 'viber'), triggers: [{ type: 'TriggeredByViber' as const }] },
    ];
    for (const flow of flows) {
      await host.call('POST', '/api/flows', flow);
      await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa', 'vb'] });
      await host.call('POST', `/api/flows/${flow.code}/publish`, {});
    }
  });
  after(async () => {
    await host.app.stop();
    await Promise.all([whatsapp.close(), viber.close()]);
  });

  const phone = () => `49151300${String(++serial).padStart(5, '0')}`;
  const user = () => `user-${++serial}==`;
  const onWhatsApp = (to: string) => whatsapp.heard.filter((one) => one.to === to).map(({ text }) => text);
  const onViber = (to: string) => viber.heard.filter((one) => one.to === to).map(({ text }) => text);
  const contactOf = async (identity: string) =>
    (await host.call('GET', `/api/contacts?identity=${encodeURIComponent(identity)}`)).json.items[0];
  /** Somebody on WhatsApp who was shown a link to Viber; its token. */
  const invited = async (from: string, text = 'go'): Promise<string> => {
    await whatsapp.say({ from, name: 'Ada', text });
    await until(() => onWhatsApp(from).length > 0);
    const [, token = ''] = /^viber:\/\/pa\?chatURI=parley&context=(\S+)$/.exec(onWhatsApp(from)[0] ?? '') ?? [];
    expect(token).to.match(/^s\w+-[a-z2-7]{16}$/);
    return token;
  };

  it('a run that begins on WhatsApp goes on over Viber, with one contact, and the link is good once', async () => {
    const [ada, there, thief] = [phone(), user(), user()];
    const token = await invited(ada);
    expect(await viber.open({ from: there, context: token }), 'the link is no trigger').to.equal(undefined);
    await viber.say({ from: there, text: 'hi' });
    await until(() => onViber(there).length > 0);
    expect(onViber(there)).to.deep.equal(['here you said hi']);
    const contact = await contactOf(`whatsapp:${ada}`);
    expect((await contactOf(`viber:vb:${there}`)).id).to.equal(contact.id);
    expect(contact.identities).to.include.members([`whatsapp:${ada}`, `viber:vb:${there}`]);
    await viber.open({ from: thief, context: token });
    await viber.say({ from: thief, text: token });
    const stranger = await contactOf(`viber:vb:${thief}`);
    expect(stranger.id).to.not.equal(contact.id);
    const { json } = await host.call('GET', `/api/sessions/${stranger.id}/turns`);
    const turns = json.items.map((one: Turn) => [one.event.type, one.decision.kind, one.warnings.map(({ code }) => code)]);
    expect(turns).to.deep.equal([
      ['subscription', 'ignored', ['link/bad']],
      ['message', 'ignored', ['link/bad']],
    ]);
  });

  it('who opens the link is asked the open question again there, as the one message that Viber allows before they write', async () => {
    const [ada, there] = [phone(), user()];
    const token = await invited(ada, 'over');
    await until(() => onWhatsApp(ada).length > 1);
    const asked = await viber.open({ from: there, context: token });
    expect(asked?.text).to.equal('What is your name?');
    await viber.say({ from: there, text: 'Ada' });
    await until(() => onViber(there).length > 1);
    expect(onViber(there)).to.deep.equal(['What is your name?', 'Hello Ada on vb']);
  });

  it('who was known on both becomes the older one, and the flow whose link was opened goes on', async () => {
    const [ada, there] = [phone(), user()];
    await viber.say({ from: there, name: 'Ada on Viber', text: 'anything' });
    await until(() => onViber(there).length > 0);
    const before = await contactOf(`viber:vb:${there}`);
    const token = await invited(ada);
    const younger = await contactOf(`whatsapp:${ada}`);
    await viber.open({ from: there, context: token });
    await viber.say({ from: there, text: 'hi' });
    await until(() => onViber(there).length > 1);
    expect(onViber(there).at(-1)).to.equal('here you said hi');
    const [after, contact] = [await contactOf(`viber:vb:${there}`), await contactOf(`whatsapp:${ada}`)];
    expect([after.id, contact.id]).to.deep.equal([before.id, before.id]);
    expect(after.name).to.equal('Ada on Viber');
    for (const path of [`/api/contacts/${younger.id}`, `/api/sessions/${younger.id}`])
      expect((await host.call('GET', path)).json.id, path).to.equal(before.id);
  });

  it('a run that begins on Viber goes on over WhatsApp, by a message that holds the token', async () => {
    const [there, ada] = [user(), phone()];
    await viber.say({ from: there, text: 'come' });
    await until(() => onViber(there).length > 0);
    const address = new URL(onViber(there)[0] ?? '');
    expect(address.origin + address.pathname).to.equal('https://wa.me/15550783881');
    await whatsapp.say({ from: ada, text: address.searchParams.get('text') ?? '' });
    await whatsapp.say({ from: ada, text: 'hello' });
    await until(() => onWhatsApp(ada).length > 0);
    expect(onWhatsApp(ada)).to.deep.equal(['here you said hello']);
    expect((await contactOf(`whatsapp:${ada}`)).id).to.equal((await contactOf(`viber:vb:${there}`)).id);
  });

  it('a start reaches the contact on the platform that was heard last', async () => {
    const [ada, there] = [phone(), user()];
    const token = await invited(ada);
    await viber.open({ from: there, context: token });
    await viber.say({ from: there, text: 'hi' });
    await until(() => onViber(there).length > 0);
    const note = aFlow('note', {
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        say('tell', 'a note'),
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'tell' },
        { from: 'tell', port: 'next', to: 'end' },
      ],
    });
    await host.call('POST', '/api/flows', note);
    await host.call('POST', '/api/flows/note/publish', {});
    const { id } = await contactOf(`whatsapp:${ada}`);
    const { json } = await host.call('POST', '/api/flows/note/trigger', { contact: { id } });
    expect(json.status).to.equal('started');
    await until(() => onViber(there).includes('a note'));
  });

  it('links lead to accounts whose addresses are left out of the settings: the providers are asked', async () => {
    const [ada, there] = [phone(), user()];
    const { displayPhoneNumber: _, ...account } = ACCOUNT;
    await host.call('PUT', '/api/channels/wa', { name: 'WA', config: { ...account, baseUrl: whatsapp.url } });
    await host.call('PUT', '/api/channels/vb', { name: 'VB', config: { authToken: TOKEN, senderName: 'Parley', baseUrl: viber.url } });
    await whatsapp.say({ from: ada, text: 'go' });
    await viber.say({ from: there, text: 'come' });
    await until(() => onWhatsApp(ada).length > 0 && onViber(there).length > 0);
    expect(onWhatsApp(ada)[0]).to.match(/^viber:\/\/pa\?chatURI=emulated&context=s/);
    expect(onViber(there)[0]).to.match(/^https:\/\/wa\.me\/15550783881\?text=/);
  });
});
