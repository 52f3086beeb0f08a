import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AdapterCases,
  type ChannelAdapter,
  type InboundEvent,
  type Json,
  type JsonObject,
  UnreadableBody,
  type WebhookRequest,
} from '../contract/index.js';
import { readJson } from '../contract/json/exact-json.js';
import { isObject } from '../contract/json/json-members.js';
import { mistakesInAdapter } from '../extensions/judge-adapter.js';
import { CASE_TIME } from './case-world.js';
import { oddPlacesIn } from './event-shape.js';
import { damaged, withOddNeighbours, withOtherTexts } from './odd-payloads.js';
import { asJson, same } from './same.js';
import { emptyPlacesIn, textsIn, wordsOf } from './shown-words.js';
import type { TestRunner } from './test-runner.js';
import { unnamedFields, untitledChoices } from './unnamed-fields.js';

export interface AdapterUnderTest extends TestRunner {
  /** The tables of `cases.ts`. */
  readonly cases: AdapterCases;
  /** The folder of the payloads, relative to the working directory. */
  readonly fixtures: string;
}

/** What the promises of the suite are made about. */
interface Tested {
  // biome-ignore lint/suspicious/noExplicitAny: an adapter of any config type; its own schema has checked the settings
  readonly adapter: ChannelAdapter<any>;
  readonly cases: AdapterCases;
  readonly config: unknown;
  readonly fixtures: string;
  readonly it: TestRunner['it'];
}

/**
 * Registers the tests that every adapter must pass: it translates as its tables say, believes signatures alone, and survives whatever
 * strangers send. It makes damaged payloads, replies and signatures out of those of the cases, so it needs to know no provider.
 *
 * @example
 * import { describe, it } from 'node:test';
 * adapterSuite(adapter, { cases, fixtures: 'fixtures', describe, it });
 */
// biome-ignore lint/suspicious/noExplicitAny: as above
export function adapterSuite(adapter: ChannelAdapter<any>, { cases, fixtures, describe, it }: AdapterUnderTest): void {
  describe(`the adapter ${adapter.type}`, () => {
    const tested: Tested = { adapter, cases, fixtures, it, config: adapter.config.validate(cases.settings).value };
    settingsAreSafe(tested);
    tablesAreTrue(tested);
    requestsCanBeSeen(tested);
    signaturesAreVerified(tested);
    payloadsCannotHarm(tested);
    repliesCannotHarm(tested);
  });
}

function settingsAreSafe({ adapter, cases, it }: Tested): void {
  it('is accepted by a host, with the settings of its cases', () => {
    assert.deepEqual(mistakesInAdapter(adapter), []);
    assert.equal(adapter.config.validate(cases.settings).error, undefined);
  });

  it('has a label and a description for every setting, and a title for every value', () => {
    const unnamed = unnamedFields(adapter.config.describe(), adapter.type);
    if (unnamed.length > 0) assert.fail(`without label or description: ${unnamed.join(', ')}`);
    const untitled = untitledChoices(adapter.config.describe(), adapter.type);
    if (untitled.length > 0) assert.fail(`values without a title: ${untitled.join(', ')}`);
  });

  it('reports unknown settings and line breaks in secrets, all at once', () => {
    const [secret = ''] = adapter.secrets;
    const broken = { ...cases.settings, colour: 'red', [secret]: 'line\nbreak' };
    const { error } = adapter.config.validate(broken, { abortEarly: false });
    const refused = error?.details.map(({ path }) => path.join('.')) ?? [];
    assert.deepEqual([...new Set(refused)].sort(), ['colour', secret].sort());
  });
}

function tablesAreTrue({ adapter, cases, config, fixtures, it }: Tested): void {
  it('reads every fixture as its table says', () => {
    const files = readdirSync(fixtures).sort();
    assert.notEqual(files.length, 0, 'there is no fixture');
    same(Object.keys(cases.inbound).sort(), files, 'the table and the folder');
    for (const file of files) {
      const events = adapter.parse(delivery(readFileSync(join(fixtures, file))), config);
      same(events.map(withoutRaw), cases.inbound[file], file);
    }
  });

  it('writes every message as its table says', () => {
    assert.notEqual(cases.outbound.length, 0, 'the table has no message');
    for (const { name, to = '491511', message, bodies } of cases.outbound) {
      const requests = adapter.render(to, message, config, 's1.1.1');
      const written = requests.map(({ body }) => without(JSON.parse(body) as object, cases.envelope));
      same(written, bodies, name);
    }
  });

  it('asks for a typing indicator as its cases say, if it has one', () => {
    const request = adapter.typing?.('wamid.1', config);
    const written: Json = request ? (JSON.parse(request.body) as Json) : null;
    same(request && without(written as object, cases.envelope), cases.typing, 'typing');
  });

  it('reads every reply as its table says', () => {
    assert.notEqual(cases.answers.length, 0, 'the table has no reply');
    for (const { reply, kind, code, retryable } of cases.answers) {
      const result = adapter.read(reply);
      const read = result.ok ? ['ok', undefined, undefined] : [result.kind, result.code, result.retryable];
      same(read, [kind, code, retryable], JSON.stringify(reply));
    }
  });
}

function requestsCanBeSeen({ adapter, cases, config, it }: Tested): void {
  const rendered = () =>
    cases.outbound.map(({ name, to = '491511', message }) => ({ name, message, requests: adapter.render(to, message, config, 's1.1.1') }));

  it('shows every message of its table with its words, as JSON without empty members', () => {
    for (const { name, message, requests } of rendered()) {
      const shown = requests.flatMap((request) => adapter.shows(request) ?? []);
      assert.ok(shown.length === requests.length, `${name}: a request shows nothing`);
      same(asJson(shown), shown, name);
      const [empty] = shown.flatMap((one) => emptyPlacesIn(one));
      if (empty !== undefined) assert.fail(`${name}: ${empty} is empty in ${JSON.stringify(shown)}`);
      for (const words of wordsOf(message)) assert.ok(textsIn(shown).includes(words), `${name}: ${JSON.stringify(words)} is not shown`);
    }
  });

  it('accepts every message of its table, unless an author has drawn it, and refuses what is not JSON', () => {
    for (const { name, message, requests } of rendered())
      for (const request of requests) {
        if (message.type !== 'native') same(adapter.accepts(request), undefined, name);
        assert.ok(adapter.accepts({ ...request, body: 'hello' }), `${name}: a body that is not JSON is accepted`);
      }
  });

  it('shows nothing of a typing indicator, and accepts it', () => {
    const request = adapter.typing?.('wamid.1', config);
    same(request && [adapter.shows(request), adapter.accepts(request)], request && [undefined, undefined], 'typing');
  });

  it('says what a refusal with a code means', () => {
    const failure = adapter.refusal?.('1');
    assert.ok(!adapter.refusal || (failure?.code === '1' && failure.kind && failure.message), 'refusal');
  });

  it('shows and judges requests in which any member is missing or has another type', () => {
    for (const { name, requests } of rendered())
      for (const request of requests)
        for (const body of damaged(JSON.parse(request.body) as Json)) {
          const damagedRequest = { ...request, body: JSON.stringify(body) };
          const seen = [adapter.shows(damagedRequest) ?? null, adapter.accepts(damagedRequest) ?? null];
          same(asJson(seen), seen, `${name}: ${damagedRequest.body}`);
        }
  });
}

function signaturesAreVerified({ adapter, cases: { signed }, config, it }: Tested): void {
  const { body, headers } = signed;
  const believes = (given: string, signature: Readonly<Record<string, string>>) => adapter.verify(delivery(given, signature), config);

  it('refuses a missing signature, a wrong one, and that of another body, and never throws', () => {
    const forged = Object.entries(headers).flatMap(([name, value]) => forgeriesOf(value).map((other) => ({ ...headers, [name]: other })));
    for (const given of [{}, ...forged]) assert.equal(believes(body, given), false, JSON.stringify(given));
    assert.equal(believes('{"of":"another"}', headers), false, 'a signature of another body is believed');
    assert.equal(believes('', headers), false, 'a signature is believed of an empty body');
  });

  it('accepts the signature of the provider, over exactly these bytes', () => {
    assert.equal(believes(body, headers), true, 'the signed delivery of the cases is not believed');
    assert.equal(believes(`${body} `, headers), false);
  });

  it('compares every character of the signature, and nothing else', () => {
    for (const [name, value] of Object.entries(headers))
      for (const other of variantsOf(value)) assert.equal(believes(body, { ...headers, [name]: other }), false, `${name}: ${other}`);
  });
}

/** Signatures that nobody has made, among them some in the form of the real one. */
function forgeriesOf(signature: string): readonly string[] {
  const digit = /[0-9a-f]/gi;
  return ['', '00', 'ü', signature.replace(digit, '0'), signature.replace(digit, 'ü')];
}

/** The signature with one character changed, missing or added at each place, and in other ways nearly the same. */
function variantsOf(signature: string): readonly string[] {
  const places = [...signature].map((_, i) => i);
  const [before, from] = [(i: number) => signature.slice(0, i), (i: number) => signature.slice(i)];
  return [
    ...places.map((i) => `${before(i)}${signature[i] === '0' ? '1' : '0'}${from(i + 1)}`),
    ...places.flatMap((i) => [before(i), from(i + 1), `${before(i)} ${from(i)}`]),
    ...[`${signature}0`, `0${signature}`, `${signature} `, `${signature},${signature}`, signature + signature],
    [...signature].reverse().join(''),
  ];
}

const NO_JSON = ['', '{', 'hello', Buffer.from([0xff, 0xfe])];
const NOTHING_KNOWN: readonly Json[] = [{}, [], null, 7, 'x'];

function payloadsCannotHarm({ adapter, config, fixtures, it }: Tested): void {
  const parse = (body: string | Buffer) => adapter.parse(delivery(body), config);
  const parseJson = (payload: Json) => parse(JSON.stringify(payload));
  const payloads = () =>
    readdirSync(fixtures).flatMap((file) => {
      const payload = readJson(readFileSync(join(fixtures, file), 'utf8'));
      return payload === undefined ? [] : [{ file, payload }];
    });

  it('refuses what is not JSON, and finds no event in JSON without anything known in it', () => {
    for (const raw of NO_JSON) assert.throws(() => parse(raw), UnreadableBody);
    const hollow = payloads().flatMap(({ payload }) => hollowed(payload));
    for (const payload of [...NOTHING_KNOWN, ...hollow]) same(parseJson(payload), [], JSON.stringify(payload));
  });

  it('does not confuse texts with members that every object has', () => {
    for (const { file, payload } of payloads())
      for (const name of ['constructor', 'toString', '__proto__'])
        for (const body of withOtherTexts(payload, name)) {
          const events = parseJson(body);
          same(asJson(events), events, file);
          for (const odd of events.flatMap((event) => oddPlacesIn(event))) assert.fail(`${file}: ${odd} of ${JSON.stringify(body)}`);
        }
  });

  it('survives payloads in which any member is missing or has another type', () => {
    for (const { file, payload } of payloads())
      for (const body of damaged(payload))
        for (const odd of parseJson(body).flatMap((event) => oddPlacesIn(event))) assert.fail(`${file}: ${odd} of ${JSON.stringify(body)}`);
  });

  it('loses no event beside a broken neighbour', () => {
    for (const { file, payload } of payloads()) {
      const wanted = parseJson(payload).map(keyOf);
      for (const body of withOddNeighbours(payload)) {
        const found = new Set(parseJson(body).map(keyOf));
        for (const key of wanted) if (!found.has(key)) assert.fail(`${file}: ${key} is lost in ${JSON.stringify(body)}`);
      }
    }
  });
}

/** The payload with one of its members alone, and nothing of use in it. */
function hollowed(payload: Json): readonly JsonObject[] {
  const names = isObject(payload) ? Object.keys(payload) : [];
  return names.flatMap((name) => [{ [name]: {} }, { [name]: [null] }, { [name]: 7 }]);
}

function repliesCannotHarm({ adapter, cases, it }: Tested): void {
  it('survives replies in which any member is missing or has another type', () => {
    for (const { reply } of cases.answers) {
      const given = 'failed' in reply ? undefined : readJson(reply.body);
      if (given === undefined || 'failed' in reply) continue;
      for (const body of damaged(given)) {
        const read = adapter.read({ ...reply, body: JSON.stringify(body) });
        for (const odd of oddPlacesIn(read)) assert.fail(`${odd} of ${JSON.stringify(body)}`);
      }
    }
  });

  it('puts no secret into what it reads of replies', () => {
    const secrets = adapter.secrets.map((name) => String(cases.settings[name] ?? ''));
    assert.ok(!secrets.includes(''), 'the settings of the cases leave out a secret');
    const read = JSON.stringify(cases.answers.map(({ reply }) => adapter.read(reply)));
    for (const [i, secret] of secrets.entries()) assert.ok(!read.includes(secret), `what is read of a reply shows ${adapter.secrets[i]}`);
  });
}

function delivery(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): WebhookRequest {
  return { channel: 'a-channel', method: 'POST', query: {}, headers, body: Buffer.from(body), at: CASE_TIME };
}

/** What distinguishes one event from another. */
function keyOf(event: InboundEvent): string {
  const { account, type } = event;
  return [account, type, ...(type === 'receipt' ? [event.receipt.providerId, event.receipt.status] : [event.id])].join(' ');
}

/** The tables leave out the provider's own element. */
function withoutRaw(event: InboundEvent): InboundEvent {
  return event.type === 'message' ? { ...event, message: without(event.message, ['raw']) as typeof event.message } : event;
}

function without(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
