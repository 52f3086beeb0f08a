import { expect } from 'chai';
import { createRedactor } from '../../src/meters/redactor.js';
import { openLog } from '../../src/open-log.js';
import { until } from '../support/small-world.js';
import { TEST_KEY } from '../support/test-app.js';
import { startListening } from './listening-server.js';
import { ADA, SECRETS, startTalkingHost } from './talking-host.js';

/** What a log has written. */
function keptLog(level = 'debug') {
  const written: string[] = [];
  const log = openLog(level, { write: (line) => void written.push(line) });
  return { log, all: () => written.join(''), lines: () => written.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
}

describe('the log', () => {
  /** A conversation with everything that may go wrong in it: a shop that is away, a provider that refuses the token. */
  async function talk(env: Readonly<Record<string, string>>) {
    const kept = keptLog(env['LOG_LEVEL']);
    const shop = await startListening({ title: 'Dune' });
    const talking = await startTalkingHost(shop.url, env, kept.log);
    await talking.says('hello', 1);
    await talking.says('sand', 2);
    await shop.close();
    await talking.says('hello', 3);
    await talking.says('worms', 4);
    talking.emulator.next({ error: 190, status: 401 });
    await talking.emulator.say({ from: ADA, name: 'Ada Lovelace', text: 'hello' });
    await until(() => kept.all().includes('a message was not accepted'));
    await fetch(`${talking.host.url}/webhooks/wa`, { method: 'POST', body: '{"text":"unsigned words"}' });
    await talking.host.call('GET', '/api/flows', undefined, { authorization: 'Bearer a-key-that-nobody-knows' });
    await talking.close();
    return kept;
  }

  it('at debug has a line for each turn, send and call with their ids, and neither a secret nor a text', async () => {
    const kept = await talk({ LOG_LEVEL: 'debug' });
    const lines = kept.lines();
    const [turn = {}] = lines.filter(({ msg }) => msg === 'stored a turn');
    const [effect] = turn['effects'] as readonly string[];
    expect(turn).to.include({ type: 'message', channel: 'wa', outcome: 'started', turn: 1 });
    expect(turn).to.include.keys('session', 'event', 'message', 'effects', 'millis');
    expect(turn['event']).to.equal(`wa:${String(turn['message'])}`);
    const [send] = lines.filter(({ msg }) => msg === 'performed a send');
    expect(send).to.include({ session: turn['session'], turn: 1, effect, outcome: 'sent' });
    expect(send?.['messages']).to.have.length(1);
    const [called, failed] = lines.filter(({ msg }) => msg === 'called a service');
    expect(called).to.include({ session: turn['session'], service: 'http-request', outcome: 'ok' });
    expect(failed).to.include({ outcome: 'failed', code: 'request/no-answer' });
    expect(lines.filter(({ msg }) => msg === 'answered an API call').at(-1)).to.include({ method: 'GET', status: 401 });
    const all = kept.all();
    for (const secret of [
      ...Object.values(SECRETS),
      encodeURIComponent(SECRETS.shop),
      TEST_KEY,
      'a-key-that-nobody-knows',
      'Bearer',
      'uthorization',
    ])
      expect(all).to.not.include(secret);
    for (const word of ['hello', 'sand', 'worms', 'Dune', 'Which word', 'closed', 'unsigned words', 'Lovelace'])
      expect(all).to.not.include(word);
  });

  it('at info a conversation leaves only what went wrong', async () => {
    const kept = await talk({ LOG_LEVEL: 'info' });
    expect(new Set(kept.lines().map(({ msg }) => msg))).to.deep.equal(new Set(['a message was not accepted']));
  });

  it('with LOG_TEXTS has what was written, too', async () => {
    const kept = await talk({ LOG_LEVEL: 'debug', LOG_TEXTS: 'true' });
    for (const word of ['hello', 'sand', 'Which word shall we look for?', 'We have Dune']) expect(kept.all()).to.include(word);
    for (const secret of Object.values(SECRETS)) expect(kept.all()).to.not.include(secret);
  });

  it('blacks out a known secret in the words and the stack of an error, as it is and as it stands in an address', () => {
    const kept = keptLog();
    const redactor = createRedactor();
    const secrets = ['a secret/with?signs'];
    redactor.hide(() => secrets);
    const log = redactor.over(kept.log);
    const stack = new Error(`fetch https://shop.example/?key=${encodeURIComponent('a secret/with?signs')} failed`).stack;
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level]({ stack, error: 'of "a secret/with?signs"' }, 'it failed');
    secrets.push('made known later');
    log.warn({ cause: 'it was made known later' }, 'again');
    expect(kept.all()).to.not.match(/with\?signs|with%3Fsigns|made known later/);
    expect(kept.lines()).to.have.length(5);
    expect(kept.lines()[0]?.['stack']).to.include('https://shop.example/?key=[secret] failed');
  });

  it('blacks out what stands under the name of a secret, should anybody log one', () => {
    const kept = keptLog();
    kept.log.warn({ accessToken: 'x1', config: { authToken: 'x2' }, request: { headers: { authorization: 'x3' } }, code: 'y' }, 'careless');
    expect(kept.all()).to.not.match(/x[123]/);
    expect(kept.lines()[0]).to.include({ code: 'y' });
  });
});
