// The baseline for the host: verifies, parses and answers the same messages with one POST each, and the same starts, without storing
// anything.
//   bare-loop.js express|http <provider> <app secret> <phone number id> <API key>      prints its port
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'undici';

const [kind, provider = '', secret = '', phoneNumberId = '', key = ''] = process.argv.slice(2);
const pool = new Pool(provider, { connections: 64 });

const server = kind === 'express' ? withExpress() : withHttp();
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));

function withExpress(): Server {
  const app = express();
  app.post('/webhook', express.raw({ type: '*/*', limit: '3mb' }), (request, response) => {
    const raw: Buffer = request.body;
    if (!isSigned(raw, request.get('x-hub-signature-256'))) return void response.sendStatus(401);
    const texts = read(raw);
    response.sendStatus(200);
    for (const one of texts) reply(one);
  });
  app.post('/trigger', express.json({ limit: '2mb' }), (request, response) => {
    if (request.get('authorization') !== `Bearer ${key}`) return void response.sendStatus(401);
    response.status(202).json({ results: begin(request.body) });
  });
  return createServer(app);
}

function withHttp(): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts);
      if (request.url === '/trigger') {
        const isKnown = request.headers.authorization === `Bearer ${key}`;
        response.writeHead(isKnown ? 202 : 401, { 'content-type': 'application/json' });
        response.end(isKnown ? JSON.stringify({ results: begin(JSON.parse(raw.toString('utf8'))) }) : '{}');
        return;
      }
      if (!isSigned(raw, request.headers['x-hub-signature-256'] as string | undefined)) {
        response.writeHead(401).end();
        return;
      }
      const texts = read(raw);
      response.writeHead(200).end();
      for (const one of texts) reply(one);
    });
  });
}

function isSigned(raw: Buffer, header = ''): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`);
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

interface Said {
  readonly from: string;
  readonly text: { readonly body: string };
}

function read(raw: Buffer): readonly Said[] {
  const body = JSON.parse(raw.toString('utf8')) as { entry: { changes: { value: { messages?: Said[] } }[] }[] };
  return body.entry.flatMap((entry) => entry.changes.flatMap((change) => change.value.messages ?? []));
}

function reply({ from, text }: Said): void {
  post({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: `+${from}`,
    type: 'text',
    text: { body: `You said ${text.body}` },
  });
}

interface Start {
  readonly data: { readonly order: string };
  readonly contact: { readonly identity: string; readonly name: string };
}

function begin({ starts }: { readonly starts: readonly Start[] }): readonly object[] {
  return starts.map(({ data, contact }) => {
    const parameters = [contact.name, data.order].map((text) => ({ type: 'text', text }));
    post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: `+${contact.identity.replace('whatsapp:', '')}`,
      type: 'template',
      template: { name: 'shipped', language: { code: 'en' }, components: [{ type: 'body', parameters }] },
    });
    return { status: 'started' };
  });
}

function post(message: object): void {
  const body = JSON.stringify(message);
  const headers = { 'content-type': 'application/json', authorization: 'Bearer token' };
  pool
    .request({ path: `/v25.0/${phoneNumberId}/messages`, method: 'POST', headers, body })
    .then((answer) => answer.body.json())
    .catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}
