import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { Field } from '../../src/contract/index.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('what an editor of flows reads', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());
  const read = async (path: string) => (await host.call('GET', path)).json;

  it('describes every node type, with a JSON Schema only if it is asked for', async () => {
    const { items } = await read('/api/node-types');
    expect(items.map(({ type }: { type: string }) => type)).to.deep.equal(plugins.map(({ node }) => node.type));
    const jump = items.find(({ type }: { type: string }) => type === 'jump');
    expect(jump).to.deep.include({
      version: 1,
      sentence: 'Leads back a limited number of times, then goes on.',
      group: 'core',
      icon: 'corner-down-right',
      ports: [
        { name: 'jump', title: 'Jump' },
        { name: 'next', title: 'Limit reached' },
      ],
      blank: { params: { limit: 1 } },
      summary: ['/limit'],
    });
    expect(jump.form.fields[0]).to.deep.include({ name: 'limit' });
    expect(jump).to.not.have.any.keys('schema', 'startsFlow', 'endsFlow');
    expect(items.find(({ type }: { type: string }) => type === 'start').startsFlow).to.equal(true);
    expect(items.find(({ type }: { type: string }) => type === 'end').endsFlow).to.equal(true);
    const withSchemas = (await read('/api/node-types?schema=true')).items;
    expect(withSchemas.map(({ schema }: { schema: { type: string } }) => schema.type)).to.deep.equal(plugins.map(() => 'object'));
  });

  it('upgrades the params of a node of an earlier version', async () => {
    const params = { branches: [{ name: 'yes', when: { variable: 'a', operator: 'exists' } }] };
    const upgrade = (type: string, version: number) => host.call('POST', `/api/node-types/${type}/upgrade`, { version, params });
    expect((await upgrade('conditional-branch', 1)).json).to.deep.equal({ version: 2, params });
    expect((await upgrade('conditional-branch', 2)).json).to.deep.equal({ version: 2, params });
    for (const [type, version] of [
      ['conditional-branch', 3],
      ['nothing', 1],
    ] as const)
      expect((await upgrade(type, version)).json.code, type).to.equal('node-type/unknown');
  });

  it('describes triggers, variables and settings', async () => {
    const { triggers, variable, settings } = await read('/api/flow-form');
    expect(Object.keys(triggers)).to.have.members(['TriggeredManually', 'TriggeredByWhatsApp', 'TriggeredByViber', 'TriggeredByFlow']);
    expect(triggers.TriggeredByViber).to.include({ label: 'Viber message' });
    const fields: readonly { readonly name: string; readonly field: Field }[] = [triggers.TriggeredByWhatsApp, variable, settings].flatMap(
      (form) => form.fields,
    );
    expect(fields.map(({ name }) => name)).to.include.members(['match', 'priority', 'onBusy', 'name', 'type', 'default', 'timeZone']);
    for (const { name, field } of fields) expect(field, name).to.include.keys('label', 'sentence');
    expect(Object.values(triggers).flatMap((form) => (form as Field).fields?.map(({ name }) => name))).to.not.include('type');
  });

  it('describes adapters: the settings of a channel, secrets among them, and what it can show', async () => {
    const { items } = await read('/api/adapters');
    const viber = items.find(({ type }: { type: string }) => type === 'viber');
    expect(viber).to.deep.include({
      platform: 'viber',
      title: 'Viber (REST Bot API)',
      secrets: ['authToken', 'operatorSecret'],
      replacesButtons: true,
    });
    const controls = viber.form.fields.map(({ name, field }: { name: string; field: Field }) => [name, field.control]);
    expect(controls).to.deep.include.members([
      ['authToken', 'secret'],
      ['senderName', undefined],
    ]);
    expect(viber.limits.shows).to.include('keyboard');
  });

  it('describes the language of flows', async () => {
    const { given, filters, operators } = await read('/api/language');
    expect([given.length > 20, filters.length > 80, operators.length > 20]).to.deep.equal([true, true, true]);
  });

  it('is sent again only if it has changed', async () => {
    // Else fetch asks for a fresh answer in any case.
    const aged = { 'cache-control': 'max-age=0' };
    for (const path of ['/api/node-types', '/api/flow-form', '/api/adapters', '/api/language']) {
      const etag = (await host.call('GET', path)).headers.get('etag') ?? '';
      expect(etag, path).to.not.equal('');
      const again = await host.call('GET', path, undefined, { 'if-none-match': etag, ...aged });
      expect([again.status, again.text], path).to.deep.equal([304, '']);
      expect((await host.call('GET', path, undefined, { 'if-none-match': '"other"', ...aged })).status, path).to.equal(200);
    }
  });
});
