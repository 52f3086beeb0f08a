import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import express from 'express';
import { WhatsAppAdapter } from '../../adapters/whatsapp/bot-adapter.js';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { BotRequest } from '../../src/bots/read-delivery.js';
import { type BotServer, saying, startBotServer } from '../support/bot-server.js';
import { ACCOUNT } from '../support/small-world.js';

const ADA = '4915112345678';

describe('the door of a plain bot', () => {
  let bot: BotServer;
  let emulator: WhatsAppEmulator;
  let adapter: WhatsAppAdapter;
  beforeEach(async () => {
    bot = await startBotServer();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: bot.url });
    adapter = new WhatsAppAdapter({ ...ACCOUNT, baseUrl: emulator.url });
    bot.process = (...given) => adapter.processActivity(...given);
  });
  afterEach(() => Promise.all([emulator.close(), adapter.close(), bot.close()]));
  const texts = () => emulator.heard.map(({ text }) => text);

  const signed = (body: string) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', ACCOUNT.appSecret).update(body).digest('hex')}`,
  });
  const post = async (body: string, headers: Readonly<Record<string, string>>) =>
    (await fetch(bot.url, { method: 'POST', body, headers })).status;

  it('shakes hands with who knows the verify token', async () => {
    const ask = (token: string) => fetch(`${bot.url}?hub.mode=subscribe&hub.challenge=4711&hub.verify_token=${token}`);
    const right = await ask(ACCOUNT.verifyToken);
    expect([right.status, await right.text()]).to.deep.equal([200, '4711']);
    expect((await ask('wrong')).status).to.equal(403);
  });

  it('refuses what is not signed, not readable, too large or not posted', async () => {
    expect(await post('{}', {})).to.equal(401);
    expect(await post('{', signed('{'))).to.equal(400);
    expect(await post('{}', signed('{}'))).to.equal(200);
    expect((await fetch(bot.url, { method: 'DELETE' })).status).to.equal(405);
    const large = ' '.repeat(4_000_001);
    expect(await post(large, signed(large))).to.equal(413);
  });

  it('passes by what belongs to another number', async () => {
    let turns = 0;
    bot.logic = async () => {
      turns += 1;
    };
    const metadata = { phone_number_id: '999' };
    const messages = [{ from: ADA, id: 'wamid.1', timestamp: '1', type: 'text', text: { body: 'x' } }];
    const body = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value: { metadata, messages } }] }] });
    expect([await post(body, signed(body)), turns]).to.deep.equal([200, 0]);
  });

  it('takes every message of a body, and loses none because another one fails', async () => {
    const said: string[] = [];
    bot.logic = async ({ activity: { text } }) => {
      said.push(text);
      if (text === 'b' && said.length < 4) throw new Error('b');
    };
    const messages = ['a', 'b', 'c'].map((text, i) => ({
      from: ADA,
      id: `wamid.${text}`,
      timestamp: `${10 + i}`,
      type: 'text',
      text: { body: text },
    }));
    const value = { metadata: { phone_number_id: ACCOUNT.phoneNumberId }, messages: messages.reverse() };
    const body = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] });
    expect([await post(body, signed(body)), await post(body, signed(body))]).to.deep.equal([500, 200]);
    expect(said).to.deep.equal(['a', 'b', 'c', 'b']);
  });

  it('stands in an express app: in front of express.json(), or behind express.raw()', async () => {
    bot.logic = saying(({ activity }) => activity.text);
    const app = express();
    const take: express.RequestHandler = (request, response, next) => {
      adapter.processActivity(request, response, (context) => bot.logic(context)).catch(next);
    };
    app.post('/webhook', take);
    app.post('/raw', express.raw({ type: () => true }), take);
    app.use(express.json());
    app.post('/parsed', take);
    app.use((_error: unknown, _request: express.Request, _response: express.Response, _next: express.NextFunction) => {});
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const messages = (id: string) => [{ from: ADA, id, timestamp: '1', type: 'text', text: { body: id } }];
    const metadata = { phone_number_id: ACCOUNT.phoneNumberId };
    const status = async (path: string) => {
      const body = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value: { metadata, messages: messages(path) } }] }] });
      const headers = { 'content-type': 'application/json', ...signed(body) };
      return (await fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body, headers })).status;
    };
    expect([await status('webhook'), await status('raw'), await status('parsed')]).to.deep.equal([200, 200, 500]);
    expect(texts()).to.deep.equal(['webhook', 'raw']);
    server.closeAllConnections();
    server.close();
  });

  it('reads the bytes that express or restify kept, and says when nobody kept them', async () => {
    const body = '{"entry":[]}';
    const answered = async (more: object) => {
      const stream = Readable.from([]);
      stream.resume();
      await new Promise((ended) => stream.once('end', ended));
      const request = Object.assign(stream, { method: 'POST', url: '/', headers: signed(body), ...more });
      let status = 0;
      const response = {
        writeHead(code: number) {
          status = code;
        },
        end() {},
      };
      const error = await adapter
        .processActivity(request as unknown as BotRequest, response as unknown as ServerResponse, async () => {})
        .catch((thrown: unknown) => String(thrown));
      return [status, error];
    };
    expect(await answered({ body: Buffer.from(body) })).to.deep.equal([200, undefined]);
    expect(await answered({ body: {}, rawBody: body })).to.deep.equal([200, undefined]);
    const [status, error] = await answered({ body: JSON.parse(body) });
    expect(status).to.equal(500);
    expect(error).to.include('raw bytes');
  });
});
