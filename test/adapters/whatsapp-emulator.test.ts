import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { ACCOUNT } from '../support/small-world.js';

const ADA = '4915112345678';
const GRACE = '4915112345679';

describe('the emulator of WhatsApp', () => {
  let host: Server;
  let emulator: WhatsAppEmulator;
  const delivered: unknown[] = [];
  before(async () => {
    host = createServer((request, response) => {
      let raw = '';
      request.on('data', (part: Buffer) => {
        raw += part.toString();
      });
      request.on('end', () => {
        delivered.push(JSON.parse(raw));
        response.end();
      });
    });
    await new Promise<void>((listens) => host.listen(0, '127.0.0.1', listens));
    const { port } = host.address() as AddressInfo;
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `http://127.0.0.1:${port}/`, windows: true });
  });
  after(async () => {
    await emulator.close();
    host.close();
  });

  /** The code of the refusal; 0 where it was taken. */
  async function send(to: string, content: object): Promise<number> {
    const answer = await fetch(`${emulator.url}/v25.0/${ACCOUNT.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCOUNT.accessToken}` },
      body: JSON.stringify({ messaging_product: 'whatsapp', to, ...content }),
    });
    return ((await answer.json()) as { error?: { code: number } }).error?.code ?? 0;
  }
  const menu = (id: string) => ({
    type: 'interactive',
    interactive: { type: 'button', body: { text: id }, action: { buttons: [{ type: 'reply', reply: { id, title: id } }] } },
  });
  const text = { type: 'text', text: { body: 'Hello' } };

  it('takes nothing but templates for a person who has not written within 24 hours', async () => {
    expect(await send(ADA, text)).to.equal(131_047);
    expect(await send(ADA, { type: 'template', template: { name: 'again', language: { code: 'en' } } })).to.equal(0);
    await emulator.say({ from: ADA, text: 'hi' });
    expect(await send(ADA, text)).to.equal(0);
    expect(await send(GRACE, text)).to.equal(131_047);
  });

  it('a tap quotes the message with the button, also an older one', async () => {
    const context = () => JSON.stringify(delivered.at(-1)).match(/"context":\{"id":"([^"]+)"/)?.[1];
    await emulator.say({ from: ADA, text: 'hi' });
    for (const id of ['first', 'second']) await send(ADA, menu(id));
    const [first, second] = emulator.heard.slice(-2);
    await emulator.say({ from: ADA, choice: { id: 'first', title: 'first' } });
    expect(context()).to.equal(first?.id);
    await emulator.say({ from: ADA, choice: { id: 'second', title: 'second' } });
    expect(context()).to.equal(second?.id);
    await emulator.say({ from: ADA, choice: { id: 'second', title: 'second' }, quotes: first?.id ?? '' });
    expect(context()).to.equal(first?.id);
  });

  it('a tap is of the kind of the message that shows the choice, and quotes nothing where none does', async () => {
    const tap = async (id: string) => {
      await emulator.say({ from: ADA, choice: { id, title: 'T' } });
      return JSON.stringify(delivered.at(-1));
    };
    const rows = [{ id: 'tea', title: 'Tea' }];
    const card = (card_index: number) => ({
      card_index,
      header: { type: 'image', image: { link: 'https://x/a.png' } },
      body: { text: 'T' },
      action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'book', title: 'Book' } }] },
    });
    const button = { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'stop' }] };
    const interactive = (content: object) => ({ type: 'interactive', interactive: { body: { text: 'T' }, ...content } });
    await emulator.say({ from: ADA, text: 'hi' });
    for (const content of [
      interactive({ type: 'list', action: { button: 'Menu', sections: [{ rows }] } }),
      interactive({ type: 'carousel', action: { cards: [card(0), card(1)] } }),
      { type: 'template', template: { name: 'again', language: { code: 'en' }, components: [button] } },
      text,
    ])
      expect(await send(ADA, content)).to.equal(0);
    const [list, carousel, template] = emulator.heard.slice(-4).map(({ id }) => id);
    expect(await tap('tea')).to.include(
      `"interactive":{"type":"list_reply","list_reply":{"id":"tea","title":"T"}},"context":{"id":"${list}"}`,
    );
    expect(await tap('book')).to.include(`"button_reply":{"id":"book","title":"T"}},"context":{"id":"${carousel}"}`);
    expect(await tap('stop')).to.include(`"type":"button","button":{"payload":"stop","text":"T"},"context":{"id":"${template}"}`);
    expect(await tap('never-shown')).to.not.include('context');
  });
});
