import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { type InboundEvent, type OutboundMessage, type ProviderReply, UnreadableBody, type WebhookRequest } from '../src/contract/index.js';
import { START } from './support/builders.js';

interface Cases {
  readonly settings: Readonly<Record<string, string>>;
  readonly envelope: readonly string[];
  readonly signed: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
  readonly inbound: Readonly<Record<string, readonly InboundEvent[]>>;
  readonly outbound: readonly {
    readonly name: string;
    readonly to?: string;
    readonly message: OutboundMessage;
    readonly bodies: readonly object[];
  }[];
  readonly answers: readonly { readonly reply: ProviderReply; readonly kind: string; readonly code?: string }[];
}

const delivery = (body: string | Buffer, headers = {}): WebhookRequest => ({
  channel: 'a-channel',
  method: 'POST',
  query: {},
  headers,
  body: Buffer.from(body),
  at: START,
});

describe('every adapter', () => {
  it('is in the list by the name of its folder', () => {
    const folders = readdirSync('adapters', { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
    expect(adapters.map(({ type }) => type).sort()).to.deep.equal(folders.sort());
  });

  for (const adapter of adapters) {
    describe(adapter.type, () => {
      let cases: Cases;
      let config: unknown;
      before(async () => {
        cases = (await import(`../adapters/${adapter.type}/cases.js`)) as Cases;
        const { value, error } = adapter.config.validate(cases.settings);
        if (error) throw error;
        config = value;
      });

      it('reads every fixture as its table says', () => {
        const files = readdirSync(`adapters/${adapter.type}/fixtures`).sort();
        expect(files, 'real payloads, one file each').to.not.deep.equal([]);
        expect(Object.keys(cases.inbound).sort()).to.deep.equal(files);
        for (const file of files) {
          const events = adapter.parse(delivery(readFileSync(`adapters/${adapter.type}/fixtures/${file}`)), config);
          expect(events.map(withoutRaw), file).to.deep.equal(cases.inbound[file]);
        }
      });

      it('writes every message as its table says', () => {
        for (const { name, to = '491511', message, bodies } of cases.outbound) {
          const requests = adapter.render(to, message, config, 's1.1.1');
          expect(
            requests.map(({ body }) => {
              const members = Object.entries(JSON.parse(body) as Record<string, unknown>);
              return Object.fromEntries(members.filter(([member]) => !cases.envelope.includes(member)));
            }),
            name,
          ).to.deep.equal(bodies);
        }
      });

      it('reads every answer as its table says', () => {
        for (const { reply, kind, code } of cases.answers) {
          const result = adapter.read(reply);
          expect([result.ok ? 'ok' : result.kind, result.ok ? undefined : result.code], JSON.stringify(reply)).to.deep.equal([kind, code]);
        }
      });

      it('refuses a wrong, a missing and a foreign signature, and never throws over one', () => {
        for (const headers of [
          {},
          { 'x-hub-signature-256': 'sha256=00' },
          { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
          { 'x-hub-signature-256': `sha256=${'ü'.repeat(64)}` },
          { 'x-viber-content-signature': '' },
          { 'x-viber-content-signature': '0'.repeat(64) },
          { 'x-viber-content-signature': 'ü'.repeat(64) },
          cases.signed.headers,
        ]) {
          expect(adapter.verify(delivery('{}', headers), config)).to.equal(false);
        }
      });

      it('knows the signature of the provider, over the very bytes', () => {
        const { body, headers } = cases.signed;
        expect(adapter.verify(delivery(body, headers), config)).to.equal(true);
        expect(adapter.verify(delivery(`${body} `, headers), config)).to.equal(false);
      });

      it('tells bytes that are no JSON, and gives nothing for JSON without anything known in it', () => {
        for (const raw of ['', '{', 'hello', Buffer.from([0xff, 0xfe])])
          expect(() => adapter.parse(delivery(raw), config)).to.throw(UnreadableBody);
        for (const raw of ['{}', '[]', 'null', '7', '"x"', '{"entry":{}}', '{"entry":[null]}', '{"entry":[{"changes":{}}]}', '{"event":7}'])
          expect(adapter.parse(delivery(raw), config), raw).to.deep.equal([]);
      });

      it('takes a kind that is named like a member of every object for unknown', () => {
        for (const fixture of Object.keys(cases.inbound)) {
          const raw = readFileSync(`adapters/${adapter.type}/fixtures/${fixture}`, 'utf8');
          for (const name of ['constructor', 'toString', '__proto__']) {
            const events = adapter.parse(delivery(raw.replace(/"(type|status|event)":\s*"\w+"/g, `"$1":"${name}"`)), config);
            expect(JSON.parse(JSON.stringify(events)), fixture).to.deep.equal(events);
            for (const event of events) if (event.type === 'message') expect(event.message.type, fixture).to.be.a('string');
          }
        }
      });

      it('puts no secret into what it reads or tells', () => {
        const secrets = adapter.secrets.map((name) => cases.settings[name] ?? '');
        expect(secrets.every((secret) => secret !== '')).to.equal(true);
        const told = JSON.stringify(cases.answers.map(({ reply }) => adapter.read(reply)));
        for (const secret of secrets) expect(told).to.not.include(secret);
      });

      it('refuses settings that it does not know or that could break a header, all at once', () => {
        const broken = { ...cases.settings, colour: 'red', [adapter.secrets[0] ?? '']: 'line\nbreak' };
        const { error } = adapter.config.validate(broken, { abortEarly: false });
        expect(error?.details.map(({ path }) => path.join('.')).sort()).to.deep.equal(['colour', adapter.secrets[0]].sort());
      });
    });
  }
});

/** The provider's own element is kept as it is; the tables leave it out. */
function withoutRaw(event: InboundEvent): InboundEvent {
  if (event.type !== 'message') return event;
  const { raw: _, ...message } = event.message;
  return { ...event, message };
}
