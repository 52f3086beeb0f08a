import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a new flow', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());
  const create = (body: object) => host.call('POST', '/api/flows', body);
  const draftOf = async (code: string) => (await host.call('GET', `/api/flows/${code}/draft`)).json;
  const settings = { timeZone: 'Europe/Berlin', locale: 'de' };

  it('that is blank is a start that leads to an end, in the time zone and language of whoever draws it', async () => {
    const trigger = { type: 'TriggeredByWhatsApp', match: { keywords: ['hallo'] } };
    const made = await create({ name: 'Begrüßung', remark: 'Für alle', triggers: [trigger], settings });
    expect([made.status, made.json.code, made.json.draft.revision, made.json.problems]).to.deep.equal([201, 'begrussung', 1, []]);
    expect(made.headers.get('etag')).to.equal('"1"');
    const draft = await draftOf('begrussung');
    expect(draft).to.deep.include({ name: 'Begrüßung', remark: 'Für alle', triggers: [trigger], settings });
    expect(draft.edges).to.deep.equal([{ from: 'start', port: 'next', to: 'end' }]);
    for (const { position } of draft.nodes) expect(position).to.have.keys('x', 'y');
    const wrong = await create({ name: 'Wrong', settings: { timeZone: 7, zone: 'x' } });
    expect(wrong.json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.have.members(['/settings/timeZone', '/settings/zone']);
    const unknown = await create({ name: 'Unknown zone', settings: { timeZone: 'Mars/Base' } });
    expect(unknown.json.problems.map(({ code }: { code: string }) => code)).to.deep.equal(['flow/unknown-zone']);
  });

  it('from a template gets the settings that the template leaves open', async () => {
    const { definition } = (await host.call('GET', '/api/templates/welcome')).json;
    expect((await create({ template: 'welcome', name: 'Hallo', settings: { ...settings, onError: 'x' } })).json.code).to.equal('hallo');
    expect((await draftOf('hallo')).settings).to.deep.equal({ ...settings, ...definition.settings });
    const wrong = await create({ template: 'welcome', name: 'Bad', settings: { zone: 'x' } });
    expect([wrong.status, wrong.json.errors[0].pointer]).to.deep.equal([422, '/settings/zone']);
  });

  it('from a file keeps what the file says, and its language if it is translated', async () => {
    const file = aFlow('filed', { settings: { timeZone: 'UTC' } });
    expect((await create({ definition: file, settings })).status).to.equal(201);
    expect((await draftOf('filed')).settings).to.deep.equal({ timeZone: 'UTC', locale: 'de' });
    const nodes = file.nodes.map((node) => ({ ...node, locales: { fr: {} } }));
    expect((await create({ definition: { ...file, nodes }, code: 'filed-2', name: 'Filed again', settings })).status).to.equal(201);
    expect(await draftOf('filed-2')).to.deep.include({ code: 'filed-2', name: 'Filed again', settings: { timeZone: 'UTC' } });
    await create({ definition: aFlow('bare') });
    expect(await draftOf('bare')).to.not.have.property('settings');
    const none = await create({ definition: { format: 'parley/1' }, settings });
    expect([none.status, none.json.code]).to.deep.equal([422, 'flow/invalid']);
    expect(none.json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.include('/code');
    const wrong = await create({ definition: aFlow('bare'), colour: 'red' });
    expect([wrong.status, wrong.json.errors[0].pointer]).to.deep.equal([422, '/colour']);
  });

  it('gets a number where a code that was made up is taken; one that was given is refused', async () => {
    const codes = [];
    for (let i = 0; i < 3; i += 1) codes.push((await create({ name: 'Twice' })).json.code);
    expect(codes).to.deep.equal(['twice', 'twice-2', 'twice-3']);
    for (let i = 0; i < 2; i += 1) codes.push((await create({ template: 'welcome' })).json.code);
    for (let i = 0; i < 2; i += 1) codes.push((await create({ copyOf: 'twice' })).json.code);
    expect(codes.slice(3)).to.deep.equal(['welcome', 'welcome-2', 'twice-copy', 'twice-copy-2']);
    // A code has at most 64 characters.
    expect((await create({ name: `${'a'.repeat(63)} b` })).json.code).to.equal('a'.repeat(63));
    expect((await create({ name: '--- ☎ ---' })).json.code).to.equal('flow');
    const given = [
      await create({ name: 'Twice', code: 'twice' }),
      await create(aFlow('twice')),
      await create({ template: 'welcome', code: 'twice' }),
    ];
    expect(given.map(({ status, json }) => [status, json.code])).to.deep.equal(given.map(() => [409, 'flow/taken']));
  });
});
