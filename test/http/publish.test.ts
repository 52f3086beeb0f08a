import { expect } from 'chai';
import type { FlowDefinition } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('publishing', () => {
  let host: TestApp;
  let grace: string;
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    await host.call('POST', '/api/channels', { id: 'wa-2', adapter: 'whatsapp', name: 'WA 2', config: { ...ACCOUNT, phoneNumberId: '2' } });
    grace = (await host.call('POST', '/api/keys', { name: 'Grace', role: 'editor' })).json.key;
    await flow('taken', { triggers: onWords('menu') }, ['wa']);
    expect((await publish('taken', {})).status).to.equal(200);
  });
  after(() => host.app.stop());

  const onWords = (...keywords: string[]): FlowDefinition['triggers'] => [{ type: 'TriggeredByWhatsApp', match: { keywords } }];
  const publish = (code: string, body: object, headers = {}) => host.call('POST', `/api/flows/${code}/publish`, body, headers);
  const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code);
  async function flow(code: string, more: Partial<FlowDefinition>, channels: readonly string[]): Promise<void> {
    expect((await host.call('POST', '/api/flows', aFlow(code, more))).status).to.equal(201);
    expect((await host.call('PUT', `/api/flows/${code}/channels`, { channels })).status).to.equal(200);
  }
  const wrongEdge = { edges: [{ from: 'start', port: 'next', to: 'mars' }] };

  it('with If-Match takes only the draft that was looked at, and says who saved another', async () => {
    await flow('seen', {}, []);
    const looked = await publish('seen', { dryRun: true });
    const etag = looked.headers.get('etag') ?? '';
    expect([etag, looked.json.draft.revision]).to.deep.equal(['"1"', 1]);
    const saved = await host.call('PUT', '/api/flows/seen/draft', aFlow('seen', { remark: 'unseen' }), {
      authorization: `Bearer ${grace}`,
      'if-match': etag,
    });
    expect(saved.status).to.equal(200);
    for (const body of [{}, { dryRun: true }]) {
      const late = await publish('seen', body, { 'if-match': etag });
      expect([late.status, late.json.code, late.headers.get('etag'), late.json.draft.by]).to.deep.equal([
        412,
        'draft/conflict',
        '"2"',
        'Grace',
      ]);
    }
    expect((await host.call('GET', '/api/flows/seen')).json.state).to.equal('OFFLINE');
    expect((await publish('seen', {}, { 'if-match': '"2"' })).json.version).to.equal(1);
    expect((await publish('seen', {})).json.version).to.equal(2);
  });

  it('is refused with every reason at once, and a dry run tells the same and the coming version', async () => {
    await flow('both', { triggers: [...onWords('menu'), { type: 'TriggeredByViber', match: { keywords: ['x'] } }], ...wrongEdge }, ['wa']);
    const refused = await publish('both', {});
    expect([refused.status, refused.json.code]).to.deep.equal([422, 'flow/has-errors']);
    expect(codes(refused.json.blockers)).to.deep.equal(['flow/has-errors', 'flow/tie']);
    expect(codes(refused.json.errors)).to.include.members(['flow/edge-to-nowhere', 'flow/tie']);
    const dry = await publish('both', { dryRun: true });
    expect([dry.status, dry.json.version, dry.json.dryRun]).to.deep.equal([200, 1, true]);
    expect(dry.json.blockers).to.deep.equal(refused.json.blockers);
    expect(codes(dry.json.problems)).to.include('flow/edge-to-nowhere');
    expect(dry.json.sessions).to.deep.equal({ keep: 0, positions: [] });
    expect((await host.call('GET', '/api/flows/both')).json.state).to.equal('OFFLINE');
  });

  it('goes ONLINE on one platform, and warns of the triggers of the other; without any channel it does not', async () => {
    const triggers: FlowDefinition['triggers'] = [...onWords('two'), { type: 'TriggeredByViber', match: { keywords: ['two'] } }];
    await flow('two', { triggers }, []);
    const refused = await publish('two', {});
    expect([refused.status, refused.json.errors.map((one: { pointer: string }) => one.pointer)]).to.deep.equal([
      409,
      ['/triggers/0', '/triggers/1'],
    ]);
    await host.call('PUT', '/api/flows/two/channels', { channels: ['wa'] });
    const { status, json } = await publish('two', {});
    const warned = json.problems.filter(({ code }: { code: string }) => code === 'flow/platform-not-bound');
    expect([status, warned.map((one: { pointer: string }) => one.pointer)]).to.deep.equal([200, ['/triggers/1']]);
  });

  it('a trigger that cannot be read ties with nothing', async () => {
    await flow('regex', { triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: '(' } }, ...onWords('menu')] }, ['wa']);
    expect(codes((await publish('regex', { dryRun: true })).json.blockers)).to.deep.equal(['flow/has-errors', 'flow/tie']);
  });

  it('is refused on a channel that was deleted, until the flow is bound to others', async () => {
    await flow('moved', { triggers: onWords('moved') }, ['wa', 'wa-2']);
    await host.call('DELETE', '/api/channels/wa-2');
    const refused = await publish('moved', {});
    expect([refused.status, codes(refused.json.blockers)]).to.deep.equal([409, ['channel/unknown']]);
    expect(refused.json.detail).to.include('"wa-2"');
    await host.call('PUT', '/api/flows/moved/channels', { channels: ['wa'] });
    expect((await publish('moved', {})).status).to.equal(200);
  });

  it('a dry run looks at a file and at channels that are not stored', async () => {
    await flow('file', {}, []);
    const dry = (definition: object, more = {}) => publish('file', { dryRun: true, definition, ...more });
    const onMenu = aFlow('file', { triggers: onWords('menu') });
    expect(codes((await dry(onMenu)).json.blockers)).to.deep.equal(['flow/not-bound']);
    expect(codes((await dry(onMenu, { channels: ['wa'] })).json.blockers)).to.deep.equal(['flow/tie']);
    expect(codes((await dry(onMenu, { channels: ['mars'] })).json.blockers)).to.deep.equal(['channel/unknown', 'flow/not-bound']);
    expect(codes((await dry(aFlow('file', wrongEdge))).json.blockers)).to.deep.equal(['flow/has-errors']);
    expect((await publish('file', { dryRun: true })).json.blockers).to.deep.equal([]);
    expect((await host.call('GET', '/api/flows/file')).json).to.deep.include({ channels: [], triggers: [{ type: 'TriggeredManually' }] });
  });

  it('a rollback is refused with every reason, too', async () => {
    await flow('back', { triggers: onWords('back') }, ['wa']);
    await publish('back', {});
    await host.call('POST', '/api/flows/back/offline', {});
    await host.call('PUT', '/api/flows/back/channels', { channels: [] });
    const refused = await host.call('POST', '/api/flows/back/rollback', { version: 1 });
    expect([refused.status, codes(refused.json.blockers)]).to.deep.equal([409, ['flow/not-bound']]);
  });
});
