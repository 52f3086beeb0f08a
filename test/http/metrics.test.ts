import { expect } from 'chai';
import { startListening } from '../meters/listening-server.js';
import { ADA, SECRETS, startTalkingHost, type TalkingHost } from '../meters/talking-host.js';
import { until } from '../support/small-world.js';
import { startTestApp, TEST_KEY } from '../support/test-app.js';

describe('/metrics', () => {
  let talking: TalkingHost;
  let shop: Awaited<ReturnType<typeof startListening>>;
  before(async () => {
    shop = await startListening({ title: 'Dune' });
    talking = await startTalkingHost(shop.url);
    await talking.says('hello', 1);
    await talking.says('sand', 2);
  });
  after(async () => {
    await talking.close();
    await shop.close();
  });
  const read = async () => (await fetch(`${talking.host.url}/metrics`)).text();
  const figure = async (series: string) => {
    const line = (await read()).split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };

  it('tells of turns, sends, calls, deliveries and calls of the API', async () => {
    await until(async () => (await figure('parley_sends_total{channel="wa",outcome="sent",code=""}')) === 2);
    expect(await figure('parley_turns_total{outcome="started"}')).to.equal(1);
    expect(await figure('parley_turns_total{outcome="answered"}')).to.equal(1);
    expect(await figure('parley_turns_total{outcome="resumed"}')).to.equal(1);
    expect(await figure('parley_turn_decision_seconds_count')).to.equal(3);
    expect(await figure('parley_turn_commit_seconds_count')).to.equal(3);
    expect(await figure('parley_calls_total{service="http-request",outcome="ok"}')).to.equal(1);
    expect(await figure('parley_send_seconds_count{channel="wa"}')).to.equal(2);
    expect(await figure('parley_webhooks_total{channel="wa",status="200"}')).to.be.greaterThan(1);
    await talking.host.call('GET', '/api/flows/no-such-flow/draft');
    expect(await figure('parley_api_requests_total{method="GET",route="/api/flows/:code/draft",status="404"}')).to.equal(1);
    expect(await figure('process_resident_memory_bytes')).to.be.greaterThan(1e6);
    expect(await figure('nodejs_eventloop_lag_p99_seconds')).to.be.a('number');
  });

  it('a delivery that comes twice is one turn and a duplicate', async () => {
    talking.emulator.webhooks({ duplicate: true });
    await talking.says('hello', 3);
    talking.emulator.webhooks({ duplicate: false });
    await until(async () => (await figure('parley_turns_total{outcome="duplicate"}')) === 1);
    expect(await figure('parley_turns_total{outcome="started"}')).to.equal(2);
  });

  it('shows what the outbox does', async () => {
    expect(await figure('parley_pace_per_second{channel="wa"}')).to.equal(76);
  });

  it('counts what the store has', async () => {
    expect(await figure('parley_sessions{status="waiting"}')).to.be.a('number');
    expect(await figure('parley_census_age_seconds')).to.be.lessThan(60);
  });

  it('what a door refuses is counted, without a series for each name that somebody makes up', async () => {
    await fetch(`${talking.host.url}/webhooks/wa`, { method: 'POST', body: '{}' });
    for (const name of ['a', 'b']) await fetch(`${talking.host.url}/webhooks/${name}`, { method: 'POST', body: '{}' });
    for (const name of ['a', 'b']) await talking.host.call('GET', `/api/${name}`);
    expect(await figure('parley_webhooks_total{channel="wa",status="401"}')).to.equal(1);
    expect(await figure('parley_webhooks_total{channel="",status="404"}')).to.equal(2);
    expect(await figure('parley_api_requests_total{method="GET",route="",status="404"}')).to.equal(2);
  });

  it('holds no secret, no text and nothing of people', async () => {
    const text = await read();
    for (const secret of [...Object.values(SECRETS), TEST_KEY]) expect(text).to.not.include(secret);
    for (const word of [ADA, 'Lovelace', 'hello', 'sand', 'Dune']) expect(text).to.not.include(word);
  });

  it('with METRICS=key is for who may read, and switched off it is not there', async () => {
    const [keyed, off] = [await startTestApp({ METRICS: 'key' }), await startTestApp({ METRICS: 'off' })];
    const trigger = (await keyed.call('POST', '/api/keys', { name: 'crm', role: 'trigger' })).json.key;
    const viewer = (await keyed.call('POST', '/api/keys', { name: 'prometheus', role: 'viewer' })).json.key;
    const statuses = [];
    for (const key of ['', trigger, viewer]) {
      const { status } = await fetch(`${keyed.url}/metrics`, { headers: { authorization: `Bearer ${key}` } });
      statuses.push(status);
    }
    expect(statuses).to.deep.equal([401, 403, 200]);
    expect((await off.call('GET', '/metrics')).json.code).to.equal('http/unknown-route');
    await Promise.all([keyed.app.stop(), off.app.stop()]);
  });
});
