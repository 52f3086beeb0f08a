import { expect } from 'chai';
import { aFlow, at } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the drafts of a flow', () => {
  let host: TestApp;
  const clock = manualClock(at(0));
  const keys: Record<string, string> = {};
  before(async () => {
    host = await startTestApp({}, undefined, { clock });
    for (const [name, role] of [
      ['Grace', 'editor'],
      ['Ada', 'editor'],
      ['Eve', 'viewer'],
    ] as const)
      keys[name] = (await host.call('POST', '/api/keys', { name, role })).json.key;
  });
  after(() => host.app.stop());

  const as = (name: string, method: string, path: string, body?: unknown, headers = {}) =>
    host.call(method, `/api/flows${path}`, body, { authorization: `Bearer ${keys[name]}`, ...headers });
  const save = (name: string, code: string, revision: number, remark: string) =>
    as(name, 'PUT', `/${code}/draft`, aFlow(code, { remark }), { 'if-match': `"${revision}"` });

  it('tell when and by whom they were saved; who comes too late hears of it', async () => {
    const made = await as('Ada', 'POST', '', aFlow('told'));
    expect(made.json.draft).to.deep.equal({ revision: 1, at: at(0), by: 'Ada', changed: true });
    clock.advance(5_000);
    const draft = { revision: 2, at: at(5), by: 'Grace' };
    expect((await save('Grace', 'told', 1, 'by Grace')).json.draft).to.deep.equal(draft);
    const late = await save('Ada', 'told', 1, 'by Ada');
    expect([late.status, late.headers.get('etag'), late.json.draft]).to.deep.equal([412, '"2"', draft]);
    expect(late.json.detail).to.equal('The draft was saved by "Grace". It is at revision 2 now.');
    expect((await as('Eve', 'GET', '/told')).json.draft).to.deep.equal({ ...draft, changed: true });
    expect((await as('Eve', 'GET', '/told/draft')).json.remark).to.equal('by Grace');
  });

  it('name the editor that saved them, so that it knows its own draft again; what is no id is ignored', async () => {
    await as('Ada', 'POST', '', aFlow('edited'));
    const editorAfter = async (revision: number, id: string | undefined) => {
      const headers = { 'if-match': `"${revision}"`, ...(id === undefined ? {} : { 'parley-editor': id }) };
      expect((await as('Grace', 'PUT', '/edited/draft', aFlow('edited', { remark: `${revision}` }), headers)).status).to.equal(200);
      return (await as('Eve', 'GET', '/edited')).json.draft.editor;
    };
    expect(await editorAfter(1, '12-34.7')).to.equal('12-34.7');
    expect(await editorAfter(2, undefined)).to.equal(undefined);
    expect(await editorAfter(3, 'a b')).to.equal(undefined);
  });

  it('are kept in a history that viewers can read, and one of them is restored by saving it again', async () => {
    await as('Ada', 'POST', '', aFlow('past', { remark: 'r1' }));
    for (const revision of [1, 2]) await save('Grace', 'past', revision, `r${revision + 1}`);
    const { json } = await as('Eve', 'GET', '/past/draft/history');
    expect(json).to.deep.equal({
      items: [
        { revision: 3, at: at(5), by: 'Grace', nodes: 2 },
        { revision: 2, at: at(5), by: 'Grace', nodes: 2 },
        { revision: 1, at: at(5), by: 'Ada', nodes: 2 },
      ],
    });
    for (const revision of [1, 2, 3]) {
      const { json: definition } = await as('Eve', 'GET', `/past/draft/history/${revision}`);
      expect(definition.remark).to.equal(`r${revision}`);
    }
    const first = (await as('Ada', 'GET', '/past/draft/history/1')).json;
    expect((await as('Ada', 'PUT', '/past/draft', first, { 'if-match': '"3"' })).json.draft.revision).to.equal(4);
    expect((await as('Ada', 'GET', '/past/draft')).json).to.deep.equal(first);
    expect((await as('Eve', 'GET', '/past/draft/history')).json.items).to.have.length(4);
    for (const revision of ['9', '0', 'first', '1e0'])
      expect((await as('Eve', 'GET', `/past/draft/history/${revision}`)).json.code).to.equal('draft/not-kept');
  });

  it('that are older than a new name of the flow are not saved over it', async () => {
    await as('Ada', 'POST', '', aFlow('named', { name: 'Old' }));
    expect((await as('Grace', 'PATCH', '/named', { name: 'New' })).json.draft).to.include({ revision: 2, by: 'Grace' });
    expect((await save('Ada', 'named', 1, 'with the old name')).status).to.equal(412);
    expect((await as('Ada', 'GET', '/named')).json.name).to.equal('New');
  });

  it('of a removed flow are gone, and a new flow with its code does not show them', async () => {
    await as('Ada', 'POST', '', aFlow('gone', { remark: 'old' }));
    await save('Ada', 'gone', 1, 'old, too');
    await as('Ada', 'DELETE', '/gone');
    expect((await as('Ada', 'GET', '/gone/draft/history')).status).to.equal(404);
    await as('Ada', 'POST', '', aFlow('gone', { remark: 'new' }));
    expect((await as('Ada', 'GET', '/gone/draft/history')).json.items).to.have.length(1);
    expect((await as('Ada', 'GET', '/gone/draft/history/2')).status).to.equal(404);
  });
});
