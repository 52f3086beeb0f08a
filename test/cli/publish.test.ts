import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FlowDefinition } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';
import { commandsOn } from '../support/run-command.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('parley publish, flows, offline, rollback', () => {
  let host: TestApp;
  let folder: string;
  let run: ReturnType<typeof commandsOn>;
  before(async () => {
    host = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
    run = commandsOn(host.url);
    for (const [id, phoneNumberId] of [
      ['wa', '1'],
      ['wa-2', '2'],
    ])
      await host.call('POST', '/api/channels', { id, adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, phoneNumberId } });
  });
  after(async () => {
    await host.app.stop();
    rmSync(folder, { recursive: true });
  });

  const file = (flow: object, name = 'flow.json') => {
    writeFileSync(join(folder, name), JSON.stringify(flow));
    return join(folder, name);
  };
  /** Waits for a message, so that people can be in the middle of it. */
  const asking = (code: string, more: Partial<FlowDefinition> = {}) =>
    aFlow(code, {
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'ask', type: 'wait-for-response', version: 1, params: { timeoutBranch: true } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'ask' },
        { from: 'ask', port: 'replied', to: 'end' },
      ],
      ...more,
    });
  const draftOf = async (code: string) => (await host.call('GET', `/api/flows/${code}/draft`)).json as FlowDefinition;

  it('makes a flow, binds it and puts it ONLINE; a second time the next version takes over', async () => {
    const first = await run(['publish', file(asking('greet')), '--channels', 'wa', '--remark', 'the first']);
    expect(first).to.deep.equal({ code: 0, out: 'greet: version 1 is ONLINE on wa\nno sessions in earlier versions\n', err: '' });
    const second = await run(['publish', '-'], JSON.stringify(asking('greet', { name: 'Greets' })));
    expect(second.out).to.match(/^greet: version 2 is ONLINE on wa\n/);
    const { json } = await host.call('GET', '/api/flows/greet/versions');
    expect(json.items.map((one: { remark: string }) => one.remark)).to.deep.equal(['the first', '']);
  });

  it('a file that needs no upload is published as it is, also where it leaves the versions of nodes to the host', async () => {
    const flow = asking('lean', { nodes: asking('lean').nodes.map(({ version: _, ...node }) => node) });
    await run(['publish', file(flow)]);
    expect((await run(['publish', file(flow)])).code).to.equal(0);
    const { json } = await host.call('GET', '/api/flows/lean');
    expect([json.version, json.draft.revision]).to.deep.equal([2, 1]);
  });

  it('tells every problem with its place, makes nothing of a flow with errors, and leaves a draft that was there as it was', async () => {
    const bad = asking('bad', { edges: [{ from: 'start', port: 'next', to: 'nowhere' }] });
    const made = await run(['publish', file(bad)]);
    expect([made.code, made.out]).to.deep.equal([1, '']);
    expect(made.err)
      .to.match(/^parley publish: the flow has errors. It was not created\n/)
      .and.to.match(/\nerror \/edges\/0\/to \S+: /);
    expect((await host.call('GET', '/api/flows/bad')).status).to.equal(404);

    await run(['publish', file(asking('bad'))]);
    const changed = await run(['publish', file(bad)]);
    expect([changed.code, changed.err.includes('is unchanged')]).to.deep.equal([1, true]);
    expect(await draftOf('bad')).to.deep.equal(asking('bad'));
    // So that the mended file can be published at once.
    expect((await run(['publish', file(asking('bad', { name: 'Good' }))])).code).to.equal(0);
  });

  it('what is no JSON, no flow or no file is told without asking a host', async () => {
    const nowhere = commandsOn('http://127.0.0.1:9');
    writeFileSync(join(folder, 'broken.json'), '{"format": ');
    expect((await nowhere(['publish', join(folder, 'broken.json')])).err).to.match(
      /broken\.json is not valid JSON: it breaks at line 1, column \d+/,
    );
    expect((await nowhere(['publish', join(folder, 'none.json')])).err).to.match(/cannot read .*none\.json: no such file\n$/);
    const noFlow = await nowhere(['publish', file({ format: 'parley/1' })]);
    expect([noFlow.code, noFlow.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && /is not a valid flow\n(error \/\w+ .*\n)+$/.test(err),
    );
  });

  it('a draft that was never published, and is another one than the file, is overwritten by --force alone', async () => {
    await run(['publish', file(asking('shared'))]);
    const { headers } = await host.call('GET', '/api/flows/shared/draft');
    const theirs = asking('shared', { name: 'Theirs' });
    await host.call('PUT', '/api/flows/shared/draft', theirs, { 'if-match': headers.get('etag') ?? '' });
    const mine = file(asking('shared', { name: 'Mine' }));
    const refused = await run(['publish', mine]);
    expect([refused.code, refused.err.includes('--force')]).to.deep.equal([1, true]);
    expect(await draftOf('shared')).to.deep.equal(theirs);
    expect((await run(['publish', mine, '--force'])).code).to.equal(0);
    // Theirs is mine to publish, where it is the same.
    await host.call('POST', '/api/flows', asking('same'));
    expect((await run(['publish', file(asking('same'))])).code).to.equal(0);
  });

  it('a publish that the host refuses leaves the host as it was', async () => {
    const trigger = { type: 'TriggeredByWhatsApp', match: { keywords: ['tie'] } } as const;
    await run(['publish', file(asking('tie-1', { triggers: [trigger] })), '--channels', 'wa']);
    const made = await run(['publish', file(asking('tie-2', { triggers: [trigger] })), '--channels', 'wa']);
    expect([made.code, made.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && /error \/triggers flow\/tie: /.test(err));
    expect((await host.call('GET', '/api/flows/tie-2')).status).to.equal(404);
    await run(['publish', file(asking('tie-2')), '--channels', 'wa']);
    expect((await run(['publish', file(asking('tie-2', { triggers: [trigger] }))])).code).to.equal(1);
    expect((await draftOf('tie-2')).triggers).to.deep.equal([{ type: 'TriggeredManually' }]);
    const unbound = await run(['publish', file(asking('unbound', { triggers: [trigger] }))]);
    expect(unbound.err).to.match(/error \/triggers\/0 flow\/not-bound: /);
    const nowhere = await run(['publish', file(asking('lost')), '--channels', 'wa,mars']);
    expect(nowhere.err).to.match(/error \/channels\/1 channel\/unknown: unknown channel "mars"/);
  });

  it('bindings change only while the flow is OFFLINE', async () => {
    await run(['publish', file(asking('bound')), '--channels', 'wa,wa-2']);
    expect((await run(['publish', file(asking('bound')), '--channels', 'wa-2,wa'])).code).to.equal(0);
    const refused = await run(['publish', file(asking('bound', { name: 'New' })), '--channels', 'wa']);
    expect([refused.code, refused.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && err.includes('"parley offline bound" first'),
    );
    expect((await draftOf('bound')).name).to.equal('bound');
    expect((await run(['offline', 'bound'])).out).to.equal('bound is OFFLINE; 0 sessions go on\n');
    expect((await run(['publish', file(asking('bound', { name: 'New' })), '--channels', 'wa'])).out).to.match(/ONLINE on wa\n/);
  });

  it('a dry run stores nothing, and tells problems, who waits where, and who could not go over', async () => {
    await run(['publish', file(asking('dry')), '--channels', 'wa']);
    for (const person of ['1', '2'])
      await host.call('POST', '/api/flows/dry/trigger', { contact: { identity: `whatsapp:491511000000${person}` }, channel: 'wa' });
    const without = asking('dry', {
      nodes: asking('dry').nodes.filter(({ id }) => id !== 'ask'),
      edges: [{ from: 'start', port: 'next', to: 'end' }],
    });
    const keep = await run(['publish', file(without), '--dry-run']);
    expect(keep).to.deep.equal({
      code: 0,
      out: 'dry: dry run, nothing was changed. It would be version 2, with 2 nodes and 0 errors\n2 sessions in earlier versions: kept on their version\nVERSION  NODE  WAITING\n1        ask   2\n',
      err: '',
    });
    const migrate = await run(['publish', file(without), '--dry-run', '--sessions', 'migrate', '--json']);
    const position = { version: 1, node: 'ask', waiting: 2 };
    const { problems, ...said } = JSON.parse(migrate.out);
    expect([migrate.code, said.version, said.sessions]).to.deep.equal([1, 2, { migrate: 2, positions: [position] }]);
    expect(said.blockers.map(({ code }: { code: string }) => code)).to.deep.equal(['flow/node-gone']);
    expect(problems).to.be.an('array');
    expect((await draftOf('dry')).nodes).to.have.length(3);
    const bad = { ...without, edges: [{ from: 'start', port: 'next', to: 'mars' }] };
    expect((await run(['publish', file(bad), '--dry-run'])).code).to.equal(1);
    expect((await run(['publish', file({ ...bad, code: 'brand-new' }), '--dry-run'])).code).to.equal(1);
    expect((await run(['publish', file({ ...without, code: 'brand-new' }), '--dry-run'])).out).to.match(/The flow would be created/);
    expect((await host.call('GET', '/api/flows/brand-new')).status).to.equal(404);
    // What the dry run said is what happens.
    expect((await run(['publish', file(without), '--sessions', 'migrate'])).err).to.match(/flow\/node-gone/);
    expect((await run(['publish', file(without), '--sessions', 'end'])).out).to.match(/2 sessions in earlier versions: ended \(2 so far\)/);
    expect((await run(['publish', file(without), '--sessions', 'eat'])).code).to.equal(2);
  });

  it('lists flows, one with its versions, and goes back to an earlier one', async () => {
    await run(['publish', file(asking('list', { name: 'A flow to list' })), '--channels', 'wa']);
    await run(['publish', file(asking('list', { name: 'A flow to list' })), '--remark', 'again']);
    expect((await run(['flows', '--text', 'to list'])).out).to.equal(
      'CODE  STATE   VERSION  WAITING  CHANNELS  NAME\nlist  ONLINE  2        0        wa        A flow to list\n',
    );
    expect((await run(['flows', '--text', 'nothing of the kind'])).out).to.equal('no flows\n');
    const all = JSON.parse((await run(['flows', '--json', '--state', 'ONLINE'])).out) as readonly { code: string }[];
    expect(all.map(({ code }) => code)).to.include.members(['list', 'greet']);
    expect((await run(['rollback', 'list', '1'])).out).to.equal('list: version 1 is ONLINE\n');
    const one = await run(['flows', 'list']);
    expect(one.out)
      .to.match(/^state {5}ONLINE, version 1$/m)
      .and.to.match(/^channels {2}wa\ntriggers {2}TriggeredManually$/m)
      .and.to.match(/^2 {8}OFFLINE {2}\S+ {2}admin {2}again$/m);
    expect(JSON.parse((await run(['flows', 'list', '--json'])).out))
      .to.have.property('versions')
      .with.length(2);
    expect(await run(['flows', 'mars'])).to.deep.equal({ code: 1, out: '', err: 'parley flows: Unknown flow: "mars".\n' });
    expect((await run(['rollback', 'list', '9'])).code).to.equal(1);
    expect((await run(['rollback', 'list', 'nine'])).code).to.equal(2);
    expect((await run(['flows', '--state', 'AWAY'])).code).to.equal(2);
    expect((await run(['flows', 'list', '--state', 'ONLINE'])).code).to.equal(2);
  });
});
