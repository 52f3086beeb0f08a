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

  describe('from a template that needs the flows of others', () => {
    const named = async (code: string) => [...new Set(JSON.stringify(await draftOf(code)).match(/(?<="flow":")[^"]+/g))].sort();
    const APPOINTMENT = ['appointment-day-before', 'appointment-reminder'];

    it('comes with those that are missing', async () => {
      const { items } = (await host.call('GET', '/api/templates')).json;
      const relatedOf = (id: string) => items.find((one: { readonly id: string }) => one.id === id).related;
      expect([relatedOf('appointment'), relatedOf('card-block'), relatedOf('welcome')]).to.deep.equal([APPOINTMENT, ['one-time-code'], []]);

      const made = await create({ template: 'appointment', related: true, settings: { ...settings, onError: 'x' } });
      expect([made.status, made.json.code, made.json.related]).to.deep.equal([201, 'appointment', APPOINTMENT]);
      expect(await named('appointment')).to.deep.equal(['appointment-day-before']);
      expect((await draftOf('appointment-day-before')).settings).to.include({ onError: 'x' });
      const [{ after }] = (await host.call('GET', '/api/audit?target=flow:appointment')).json.items;
      expect(after.related).to.deep.equal(APPOINTMENT);

      expect((await create({ template: 'card-block', related: true })).json.related).to.deep.equal(['one-time-code']);
      expect((await create({ template: 'find-branch', related: true })).json.related).to.deep.equal([]);
      expect((await create({ template: 'welcome', name: 'Without others', related: true })).json.related).to.deep.equal([]);
    });

    it('keeps to them under another code, and shares those that do not name it back', async () => {
      const again = await create({ template: 'appointment', related: true });
      expect([again.json.code, again.json.related]).to.deep.equal(['appointment-2', APPOINTMENT.map((code) => `${code}-2`)]);
      expect(await named('appointment-2')).to.deep.equal(['appointment-day-before-2']);
      expect(await named('appointment-day-before-2')).to.deep.equal(['appointment-reminder-2']);
      expect(await named('appointment-reminder-2')).to.deep.equal(['appointment-2']);

      const given = await create({ template: 'card-block', code: 'stop-card', related: true });
      expect([given.json.code, given.json.related, await named('stop-card')]).to.deep.equal(['stop-card', [], ['one-time-code']]);
      expect((await create({ template: 'card-block', code: 'stop-card', related: true })).json.code).to.equal('flow/taken');
    });

    it('comes alone if nothing else is said', async () => {
      const made = await create({ template: 'event-invitation' });
      expect(made.json).to.not.have.property('related');
      expect((await host.call('GET', '/api/flows/event-day-before')).status).to.equal(404);
    });
  });
});
