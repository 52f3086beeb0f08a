import { expect } from 'chai';
import { startViberEmulator, type ViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TOKEN = '44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3';
const PNG = Buffer.from('89504e470d0a1a0a00ff0080', 'hex');
const PUBLIC = 'https://parley.example';
const sends = (text: string) => ({ action: 'reply', message: { type: 'text', text } });

/** Answers every file with its address. */
const echo = aFlow('echo', {
  triggers: [
    { type: 'TriggeredByWhatsApp', match: { messageTypes: ['image', 'document', 'video'] } },
    { type: 'TriggeredByViber', match: { messageTypes: ['image', 'document', 'video'] } },
  ],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'tell', type: 'send-message', version: 1, params: sends('{{ lastMessage.mediaUrl }}') },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'tell' },
    { from: 'tell', port: 'next', to: 'end' },
  ],
});

for (const store of ['SQLite', 'MongoDB'] as const) {
  const url = process.env['MONGODB_URL'];
  if (store === 'MongoDB' && url === undefined) continue;
  describe(`files that people send (${store})`, () => {
    let host: TestApp;
    let whatsapp: WhatsAppEmulator;
    let viber: ViberEmulator;
    let serial = 0;
    const clock = manualClock();

    before(async () => {
      const own = url?.replace(/\/[^/?]*(\?|$)/, `/media_${process.pid}_${Date.now()}$1`) ?? '';
      host = await startTestApp({ MEDIA_BYTES: '1000', ...(store === 'MongoDB' ? { MONGODB_URL: own } : {}) }, undefined, { clock });
      whatsapp = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
      viber = await startViberEmulator({ authToken: TOKEN, webhookUrl: `${host.url}/webhooks/vb` });
      await host.call('POST', '/api/channels', {
        id: 'wa',
        adapter: 'whatsapp',
        name: 'WA',
        config: { ...ACCOUNT, baseUrl: whatsapp.url, throughput: 0 },
      });
      await host.call('POST', '/api/channels', {
        id: 'vb',
        adapter: 'viber',
        name: 'VB',
        config: { authToken: TOKEN, senderName: 'P', uri: 'p', baseUrl: viber.url, throughput: 0 },
      });
      await host.call('POST', '/api/flows', echo);
      await host.call('PUT', '/api/flows/echo/channels', { channels: ['wa', 'vb'] });
      await host.call('POST', '/api/flows/echo/publish', {});
    });
    after(async () => {
      await host.app.stop();
      await Promise.all([whatsapp.close(), viber.close()]);
    });

    const newPhone = () => `49151000${store === 'SQLite' ? 1 : 2}${String(++serial).padStart(4, '0')}`;
    /** Sends a file and returns the address that the flow got, and its path. */
    async function sendOn(emulator: WhatsAppEmulator | ViberEmulator, from: string, file: object): Promise<string> {
      const before = emulator.heard.length;
      expect(await emulator.say({ from, file, at: Date.parse(clock.now()) } as never)).to.equal(true);
      await until(() => emulator.heard.length > before);
      const text = emulator.heard.at(-1)?.text ?? '';
      expect(text.startsWith(`${PUBLIC}/media/`), text).to.equal(true);
      return text.slice(PUBLIC.length);
    }
    const picture = (bytes = PNG) => ({ type: 'image', mimeType: 'image/png', bytes });
    const get = (path: string, method = 'GET') => fetch(host.url + path, { method });
    const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

    it('gives a picture of WhatsApp at its address, fetched when somebody asks for it', async () => {
      const path = await sendOn(whatsapp, newPhone(), picture());
      expect(path).to.match(/\.png$/);
      const answer = await get(path);
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.equal('image/png');
      expect(answer.headers.get('content-disposition')).to.equal('inline');
      expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).to.equal(true);
      const head = await get(path, 'HEAD');
      expect([head.status, head.headers.get('content-length')]).to.deep.equal([200, String(PNG.length)]);
    });

    it('keeps a picture of Viber when it comes, because its address dies', async () => {
      const path = await sendOn(viber, `${newPhone()}==`, { type: 'picture', mimeType: 'image/png', bytes: PNG });
      // Whatever is asked for meanwhile waits for the same attempt.
      await get(path).then((answer) => answer.arrayBuffer());
      for (const id of viber.files.ids()) viber.files.remove(id);
      expect((await get(path)).status).to.equal(200);
    });

    it('never shows HTML or SVG, and names a document', async () => {
      for (const mimeType of ['text/html', 'image/svg+xml', 'application/pdf', 'strange']) {
        const path = await sendOn(whatsapp, newPhone(), {
          type: 'document',
          mimeType,
          bytes: Buffer.from('<script>'),
          fileName: 'Größe (1).html',
        });
        const answer = await get(path);
        expect(answer.headers.get('content-disposition')).to.equal("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29.html");
        expect(answer.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
        await answer.arrayBuffer();
      }
    });

    it('refuses an address that was changed, and one that is older than a day', async () => {
      const path = await sendOn(whatsapp, newPhone(), picture());
      const forged = path.replace(/\/media\/./, (start) => start.slice(0, -1) + (start.endsWith('a') ? 'b' : 'a'));
      expect(await codeOf(await get(forged))).to.deep.equal([404, 'media/unknown']);
      expect(await codeOf(await get('/media/'))).to.deep.equal([404, 'media/unknown']);
      expect(await codeOf(await get('/media/..%2f'))).to.deep.equal([404, 'media/unknown']);
      clock.advance(86_400_001);
      expect(await codeOf(await get(path))).to.deep.equal([410, 'media/expired']);
    });

    it('says that a file is gone which the provider has no more', async () => {
      const path = await sendOn(whatsapp, newPhone(), picture());
      for (const id of whatsapp.files.ids()) whatsapp.files.remove(id);
      expect(await codeOf(await get(path))).to.deep.equal([410, 'media/not-kept']);
    });

    it('fetches a file of WhatsApp before Meta deletes it, although nobody has asked for it', async () => {
      const phone = newPhone();
      const id = idOf(await sendOn(whatsapp, phone, picture(Buffer.from('kept'))));
      clock.advance(6 * 86_400_000 + 10_000);
      await until(async () => {
        clock.advance(5_000);
        return (await host.app.store.media.find(id))?.state === 'kept';
      });
      for (const one of whatsapp.files.ids()) whatsapp.files.remove(one);
      const message = async () => {
        const contact = (await host.call('GET', `/api/contacts?identity=whatsapp:${phone}`)).json.items[0];
        const { items } = (await host.call('GET', `/api/sessions/${contact.id}/messages`)).json;
        return items[0].message.mediaUrl.slice(PUBLIC.length) as string;
      };
      // The API gives an address that is valid for five minutes.
      const path = await message();
      expect(await (await get(path)).text()).to.equal('kept');
      clock.advance(301_000);
      expect((await get(path)).status).to.equal(410);
    });

    it('keeps as many bytes as it may, and removes the oldest first', async () => {
      const first = await sendOn(whatsapp, newPhone(), picture(Buffer.alloc(700)));
      expect((await get(first)).status).to.equal(200);
      clock.advance(1_000);
      const second = await sendOn(whatsapp, newPhone(), picture(Buffer.alloc(600)));
      expect((await get(second)).status).to.equal(200);
      expect(await codeOf(await get(first))).to.deep.equal([410, 'media/not-kept']);
    });

    it('forgets the files of a person who is forgotten', async () => {
      const phone = newPhone();
      const path = await sendOn(whatsapp, phone, picture(Buffer.from('x')));
      expect((await get(path)).status).to.equal(200);
      const contact = (await host.call('GET', `/api/contacts?identity=whatsapp:${phone}`)).json.items[0];
      await host.call('DELETE', `/api/contacts/${contact.id}`);
      expect(await codeOf(await get(path))).to.deep.equal([404, 'media/unknown']);
    });

    /** The id of the file of an address. */
    function idOf(path: string): string {
      return path.split('/').at(-1)?.split('.')[0] ?? '';
    }
  });
}
