import { createHmac } from 'node:crypto';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { openLog } from '../../src/open-log.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp } from '../support/test-app.js';

/** As a line of the log would look. */
const FORGED = '\n{"level":50,"msg":"forged"}\r\n\u001b[2K';

describe('the log', () => {
  it('has one line for each thing that happened, whatever line breaks strangers put into ids, names and texts', async () => {
    let written = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        written += String(chunk);
        done();
      },
    });
    const host = await startTestApp({ LOG_LEVEL: 'debug', LOG_TEXTS: 'true' }, openLog('debug', sink));
    const config = { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9' };
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: `WA${FORGED}`, config });
    const any = aFlow('any', { name: `any${FORGED}`, triggers: [{ type: 'TriggeredByWhatsApp' }, { type: 'TriggeredManually' }] });
    await host.call('POST', '/api/flows', any);
    await host.call('PUT', '/api/flows/any/channels', { channels: ['wa'] });
    await host.call('POST', '/api/flows/any/publish', { remark: `now${FORGED}` });
    const { json } = await host.call('POST', '/api/keys', { name: `shop${FORGED}`, role: 'trigger' });
    const start = { contact: { identity: 'whatsapp:4915112345678', name: `Ada${FORGED}` }, channel: 'wa', uuid: `u${FORGED}` };
    await host.call('POST', '/api/flows/any/trigger', start, { authorization: `Bearer ${json.key}` });
    const encoded = encodeURIComponent(FORGED);
    for (const path of [`/api/flows/${encoded}`, `/api/sessions/${encoded}/turns`, `/webhooks/${encoded}`, `/${encoded}`])
      await host.call('GET', path, undefined, { 'user-agent': 'x', traceparent: 'x' });
    const value = {
      metadata: { phone_number_id: ACCOUNT.phoneNumberId },
      contacts: [{ wa_id: '4915112345679', profile: { name: `Bob${FORGED}` } }],
      messages: [`wamid${FORGED}`, 'wamid.1'].map((id) => ({
        from: '4915112345679',
        id,
        timestamp: '1795000000',
        type: 'text',
        text: { body: `hello${FORGED}` },
      })),
      statuses: [
        {
          id: `wamid${FORGED}`,
          status: 'failed',
          timestamp: '1795000000',
          recipient_id: '1',
          errors: [{ code: 1, title: FORGED, message: FORGED }],
        },
      ],
    };
    const other = { ...value, metadata: { phone_number_id: `9${FORGED}` } };
    const body = JSON.stringify({ entry: [{ id: '1', changes: [value, other].map((one) => ({ field: 'messages', value: one })) }] });
    const signature = `sha256=${createHmac('sha256', ACCOUNT.appSecret).update(body).digest('hex')}`;
    expect((await host.call('POST', '/webhooks/wa', body, { 'x-hub-signature-256': signature })).status).to.equal(200);
    await until(() => /hello/.test(written));
    await host.app.stop();

    const lines = written.split('\n');
    expect(lines.pop()).to.equal('');
    expect(lines.length).to.be.greaterThan(3);
    for (const line of lines) {
      const { level, msg } = JSON.parse(line) as { readonly level: number; readonly msg: string };
      expect([typeof level, msg === 'forged'], line).to.deep.equal(['number', false]);
    }
    // What a terminal would act on.
    expect([...written].filter((sign) => sign < ' ' && sign !== '\n')).to.deep.equal([]);
    expect(written).to.include('\\n{');
  });

  it('has neither keys nor cookies, whichever headers are logged by mistake', () => {
    const written: string[] = [];
    const log = openLog('debug', { write: (line) => void written.push(line) });
    const headers = { authorization: 'Bearer pk_secret', cookie: 'parley_sign_in=secret', 'set-cookie': ['parley_sign_in=secret'] };
    for (const fields of [headers, { headers }, { call: { headers } }]) log.info(fields as never, 'a call');
    expect(written).to.have.length(3);
    expect(written.join('')).to.not.match(/pk_secret|=secret/);
  });
});
