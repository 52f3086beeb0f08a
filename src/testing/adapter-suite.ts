import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../contract/exact-json.js';
import { type AdapterCases, type ChannelAdapter, type InboundEvent, UnreadableBody, type WebhookRequest } from '../contract/index.js';
import { mistakesInAdapter } from '../extensions/judge-adapter.js';
import { CASE_TIME } from './case-world.js';
import { damaged, withOddNeighbours } from './odd-payloads.js';
import { asJson, same } from './same.js';
import type { TestRunner } from './test-runner.js';
import { oddPlacesIn } from './told-shape.js';

export interface AdapterUnderTest extends TestRunner {
  /** The tables of `cases.ts`. */
  readonly cases: AdapterCases;
  /** The folder of the payloads, from the working directory. */
  readonly fixtures: string;
}

/** Signatures that nobody has made. */
const FORGED = ['', '00', '0'.repeat(64), 'ü'.repeat(64), 'sha256=00', `sha256=${'0'.repeat(64)}`, `sha256=${'ü'.repeat(64)}`];
const NO_JSON = ['', '{', 'hello', Buffer.from([0xff, 0xfe])];
const NOTHING_KNOWN = ['{}', '[]', 'null', '7', '"x"', '{"entry":{}}', '{"entry":[null]}', '{"entry":[{"changes":{}}]}', '{"event":7}'];

/** What every adapter must pass: it translates as its tables say, believes signatures alone, and survives what strangers send. */
// biome-ignore lint/suspicious/noExplicitAny: an adapter of any config type; its own schema has checked the settings
export function adapterSuite(adapter: ChannelAdapter<any>, { cases, fixtures, describe, it }: AdapterUnderTest): void {
  describe(`the adapter ${adapter.type}`, () => {
    const config: unknown = adapter.config.validate(cases.settings).value;
    const parse = (body: string | Buffer) => adapter.parse(delivery(body), config);
    const believes = (body: string, headers: Readonly<Record<string, string>>) => adapter.verify(delivery(body, headers), config);

    const payloads = () =>
      readdirSync(fixtures).flatMap((file) => {
        const payload = readJson(readFileSync(join(fixtures, file), 'utf8'));
        return payload === undefined ? [] : [{ file, payload }];
      });

    it('is one that a host takes, with the settings of its cases', () => {
      assert.deepEqual(mistakesInAdapter(adapter), []);
      assert.equal(adapter.config.validate(cases.settings).error, undefined);
    });

    it('reads every fixture as its table says', () => {
      const files = readdirSync(fixtures).sort();
      assert.notEqual(files.length, 0, 'there is no fixture');
      same(Object.keys(cases.inbound).sort(), files, 'the table and the folder');
      for (const file of files) same(parse(readFileSync(join(fixtures, file))).map(withoutRaw), cases.inbound[file], file);
    });

    it('writes every message as its table says', () => {
      assert.notEqual(cases.outbound.length, 0, 'the table has no message');
      for (const { name, to = '491511', message, bodies } of cases.outbound) {
        const requests = adapter.render(to, message, config, 's1.1.1');
        same(
          requests.map(({ body }) => without(JSON.parse(body) as object, cases.envelope)),
          bodies,
          name,
        );
      }
    });

    it('reads every answer as its table says', () => {
      assert.notEqual(cases.answers.length, 0, 'the table has no answer');
      for (const { reply, kind, code, retryable } of cases.answers) {
        const result = adapter.read(reply);
        const read = result.ok ? ['ok', undefined, undefined] : [result.kind, result.code, result.retryable];
        same(read, [kind, code, retryable], JSON.stringify(reply));
      }
    });

    it('refuses a wrong, a missing and a foreign signature, and never throws over one', () => {
      const { headers } = cases.signed;
      const forged = Object.keys(headers).flatMap((name) => FORGED.map((value) => ({ ...headers, [name]: value })));
      for (const given of [{}, ...forged]) assert.equal(believes(cases.signed.body, given), false, JSON.stringify(given));
      assert.equal(believes('{"of":"another"}', headers), false, 'a signature of another body is believed');
    });

    it('knows the signature of the provider, over the very bytes', () => {
      const { body, headers } = cases.signed;
      assert.equal(believes(body, headers), true, 'the signed delivery of the cases is not believed');
      assert.equal(believes(`${body} `, headers), false);
    });

    it('looks at every sign of the signature, and at nothing more than it', () => {
      const { body, headers } = cases.signed;
      for (const [name, value] of Object.entries(headers)) {
        const places = [...value].map((_, i) => i);
        const others = [
          ...places.map((i) => `${value.slice(0, i)}${value[i] === '0' ? '1' : '0'}${value.slice(i + 1)}`),
          ...places.flatMap((i) => [value.slice(0, i), value.slice(i + 1), `${value.slice(0, i)} ${value.slice(i)}`]),
          ...[`${value}0`, `0${value}`, `${value} `, `${value},${value}`, value + value, [...value].reverse().join('')],
        ];
        for (const other of others) assert.equal(believes(body, { ...headers, [name]: other }), false, `${name}: ${other}`);
      }
      assert.equal(believes('', headers), false, 'a signature of something is believed of an empty body');
    });

    it('tells bytes that are no JSON, and gives nothing for JSON without anything known in it', () => {
      for (const raw of NO_JSON) assert.throws(() => parse(raw), UnreadableBody);
      for (const raw of NOTHING_KNOWN) same(parse(raw), [], raw);
    });

    it('takes a kind that is named like a member of every object for unknown', () => {
      for (const fixture of Object.keys(cases.inbound)) {
        const raw = readFileSync(join(fixtures, fixture), 'utf8');
        for (const name of ['constructor', 'toString', '__proto__']) {
          const events = parse(raw.replace(/"(type|status|event)":\s*"\w+"/g, `"$1":"${name}"`));
          same(asJson(events), events, fixture);
          for (const event of events) if (event.type === 'message') assert.equal(typeof event.message.type, 'string', fixture);
        }
      }
    });

    it('survives each member of its payloads being missing or of another kind', () => {
      for (const { file, payload } of payloads())
        for (const body of damaged(payload))
          for (const event of parse(JSON.stringify(body)))
            for (const odd of oddPlacesIn(event)) assert.fail(`${file}: ${odd} of ${JSON.stringify(body)}`);
    });

    it('loses nothing beside a broken neighbour', () => {
      for (const { file, payload } of payloads()) {
        const wanted = parse(JSON.stringify(payload)).map(keyOf);
        for (const body of withOddNeighbours(payload)) {
          const found = new Set(parse(JSON.stringify(body)).map(keyOf));
          for (const key of wanted) if (!found.has(key)) assert.fail(`${file}: ${key} is lost in ${JSON.stringify(body)}`);
        }
      }
    });

    it('survives each member of the answers being missing or of another kind', () => {
      for (const { reply } of cases.answers) {
        const answer = 'failed' in reply ? undefined : readJson(reply.body);
        if (answer === undefined || 'failed' in reply) continue;
        for (const body of damaged(answer)) {
          const read = adapter.read({ ...reply, body: JSON.stringify(body) });
          for (const odd of oddPlacesIn(read)) assert.fail(`${odd} of ${JSON.stringify(body)}`);
        }
      }
    });

    it('puts no secret into what it reads or tells', () => {
      const secrets = adapter.secrets.map((name) => String(cases.settings[name] ?? ''));
      assert.ok(!secrets.includes(''), 'the settings of the cases leave out a secret');
      const told = JSON.stringify(cases.answers.map(({ reply }) => adapter.read(reply)));
      for (const [i, secret] of secrets.entries()) assert.ok(!told.includes(secret), `an answer tells ${adapter.secrets[i]}`);
    });

    it('refuses settings that it does not know or that could break a header, all at once', () => {
      const [secret = ''] = adapter.secrets;
      const broken = { ...cases.settings, colour: 'red', [secret]: 'line\nbreak' };
      const { error } = adapter.config.validate(broken, { abortEarly: false });
      const refused = error?.details.map(({ path }) => path.join('.')) ?? [];
      assert.deepEqual([...new Set(refused)].sort(), ['colour', secret].sort());
    });
  });
}

function delivery(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): WebhookRequest {
  return { channel: 'a-channel', method: 'POST', query: {}, headers, body: Buffer.from(body), at: CASE_TIME };
}

/** What one event tells apart from another. */
function keyOf(event: InboundEvent): string {
  const { account, type } = event;
  return [account, type, ...(type === 'receipt' ? [event.receipt.providerId, event.receipt.status] : [event.id])].join(' ');
}

/** The provider's own element is kept as it is; the tables leave it out. */
function withoutRaw(event: InboundEvent): InboundEvent {
  return event.type === 'message' ? { ...event, message: without(event.message, ['raw']) as typeof event.message } : event;
}

function without(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
