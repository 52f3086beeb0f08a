import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import type { FlowDefinition, FlowNode } from '../src/contract/index.js';
import { aFlow } from './support/builders.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const code = (id: string, params: object): FlowNode => ({ id, type: 'run-code', version: 1, params: { timeoutMillis: 5_000, ...params } });
const SUM = code('sum', { code: 'return { total: vars.prices.reduce((sum, one) => sum + one, 0) };', save: ['total'] });
const MAIL: FlowNode = {
  id: 'mail',
  type: 'send-email',
  version: 1,
  params: { to: '{{ email }}', subject: 'Total {{ total }}', text: 'Hello' },
};
const SMS: FlowNode = { id: 'sms', type: 'send-sms', version: 1, params: { to: '+4915112345678', text: 'Total {{ total }}' } };

/** A flow with these nodes in a row; each leads on whether it has failed or not, and the last failure is kept. */
function inARow(name: string, nodes: readonly FlowNode[]): FlowDefinition {
  const ids = ['start', ...nodes.map(({ id }) => id), 'keep', 'end'];
  return aFlow(name, {
    variables: [
      { name: 'prices', type: 'list', input: true },
      { name: 'email', type: 'text', input: true },
      { name: 'total', type: 'number' },
      { name: 'failed', type: 'text' },
    ],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      ...nodes,
      { id: 'keep', type: 'set-variables', version: 1, params: { set: [{ name: 'failed', value: '{{ failure.code }}' }] } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: ids.slice(0, -1).flatMap((from, i) => {
      const to = ids[i + 1] ?? 'end';
      const isCall = nodes.some(({ id }) => id === from);
      return [{ from, port: 'next', to }, ...(isCall ? [{ from, port: 'failed', to }] : [])];
    }),
  });
}

/** Puts a flow ONLINE and starts it with a person. */
async function begin(host: TestApp, flow: FlowDefinition, person: string): Promise<void> {
  const config = { authToken: 'token-token', senderName: 'Shop', uri: 'shop', baseUrl: 'http://127.0.0.1:9' };
  await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'Viber', config });
  await host.call('POST', '/api/flows', flow);
  await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['vb'] });
  expect((await host.call('POST', `/api/flows/${flow.code}/publish`, {})).status).to.equal(200);
  const data = { prices: [1, 2.5], email: 'ada@example.com' };
  const start = { contact: { identity: `viber:vb:${person}==` }, channel: 'vb', data };
  expect((await host.call('POST', `/api/flows/${flow.code}/trigger`, start)).status).to.equal(202);
}

async function resultOf(host: TestApp, flow: FlowDefinition): Promise<unknown> {
  let variables: unknown;
  await eventually(async () => {
    const { items } = (await host.call('GET', `/api/flows/${flow.code}/results`)).json;
    expect(items).to.have.length(1);
    variables = items[0].variables;
  });
  return variables;
}

describe('a host with a mail server and an SMS provider', () => {
  const mails: string[] = [];
  const texts: string[] = [];
  let host: TestApp;
  let smtp: SMTPServer;
  let sms: Server;

  before(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData(stream, _session, done) {
        stream.on('data', (part) => void mails.push(String(part)));
        stream.on('end', done);
      },
    });
    const mailPort = await new Promise<number>((done) => {
      const listening = smtp.listen(0, '127.0.0.1', () => done((listening.address() as AddressInfo).port));
    });
    sms = createServer(async (request, response) => {
      for await (const chunk of request) texts.push(String(chunk));
      response.writeHead(202).end();
    });
    await new Promise<void>((done) => sms.listen(0, '127.0.0.1', done));
    host = await startTestApp({
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      MAIL_FROM: 'Shop <shop@example.com>',
      SMS_URL: `http://127.0.0.1:${(sms.address() as AddressInfo).port}/send`,
      SMS_BODY: 'To={{ to }}&Body={{ text }}',
    });
  });
  after(async () => {
    await host.app.stop();
    sms.close();
    await new Promise<void>((done) => smtp.close(done));
  });

  it('runs code, and sends e-mails and SMS, as its settings say', async () => {
    const flow = inARow('all', [SUM, MAIL, SMS]);
    await begin(host, flow, 'ada');
    expect(await resultOf(host, flow)).to.deep.include({ total: 3.5, failed: '' });
    expect(mails.join('')).to.include('Subject: Total 3.5').and.include('To: ada@example.com');
    expect(texts).to.deep.equal(['To=%2B4915112345678&Body=Total%203.5']);
  });

  it('has no warning that they are missing', async () => {
    const { text } = await host.call('POST', '/api/flows/all/check');
    expect(text).to.not.include('not-configured');
  });
});

describe('a host without a mail server and an SMS provider', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });

  it('warns of nodes that need them, and leaves those by failed', async () => {
    const flow = inARow('none', [MAIL, SMS]);
    await begin(host, flow, 'bob');
    expect(await resultOf(host, flow)).to.deep.include({ failed: 'sms/not-configured' });
    const { text } = await host.call('POST', '/api/flows/none/check');
    expect(text).to.include('"email/not-configured"').and.include('"sms/not-configured"');
  });

  it('stops while code runs that does not end', async () => {
    await begin(host, inARow('endless', [code('loop', { code: 'for (;;);' })]), 'eve');
    await host.app.stop();
  });
});
