import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

describe('the texts of a flow', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());

  const ask = {
    id: 'ask',
    type: 'ask-question',
    name: 'Ask',
    params: {
      message: {
        type: 'text',
        text: 'Shall we, {{ customerName }}?',
        choices: [
          { id: 'yes', title: 'Yes' },
          { id: 'no', title: 'No' },
        ],
      },
      answer: { type: 'choice' },
    },
  };
  const newFlow = async (code: string) => {
    const flow = aFlow(code, {
      settings: { locale: 'en', onError: 'Sorry' },
      nodes: [{ id: 'start', type: 'start', params: {} }, ask, { id: 'end', type: 'end', params: {} }],
      edges: [
        { from: 'start', port: 'next', to: 'ask' },
        { from: 'ask', port: 'answered', to: 'end' },
      ],
    });
    expect((await host.call('POST', '/api/flows', flow)).status).to.equal(201);
    return `/api/flows/${code}/texts?locale=de`;
  };
  const send = (address: string, body: string | Buffer, headers: Readonly<Record<string, string>>) =>
    fetch(host.url + address, {
      method: 'PUT',
      body: typeof body === 'string' ? body : Uint8Array.from(body),
      headers: { authorization: `Bearer ${TEST_KEY}`, ...headers },
    });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers
  const answerOf = async (answer: Response): Promise<any> => answer.json();
  const read = (address: string) => fetch(host.url + address, { headers: { authorization: `Bearer ${TEST_KEY}` } });

  it('are listed in the order of the flow, and translated by key', async () => {
    const address = await newFlow('listed');
    const first = await host.call('GET', address);
    expect(first.json.items.map(({ key, source, changed }: Record<string, unknown>) => [key, source, changed])).to.deep.equal([
      ['ask/message/text', 'Shall we, {{ customerName }}?', false],
      ['ask/message/choices/0/title', 'Yes', false],
      ['ask/message/choices/1/title', 'No', false],
      ['/onError', 'Sorry', false],
    ]);
    const items = [
      { key: 'ask/message/text', translation: 'Wollen wir?' },
      { node: 'ask', pointer: '/message/choices/0/title', translation: 'Ja' },
      { key: '/onError', translation: 'Leider', source: 'Oh' },
      { key: 'ask/message/txt', translation: 'x' },
    ];
    const put = await host.call('PUT', address, { items });
    expect(put.status).to.equal(200);
    const { problems, ...counts } = put.json;
    expect(counts).to.deep.equal({
      revision: 2,
      locale: 'de',
      changed: 3,
      removed: 0,
      unchanged: 0,
      unknown: ['ask/message/txt'],
      outdated: ['/onError'],
    });
    expect(problems.map(({ code }: { code: string }) => code)).to.have.members([
      'flow/placeholders-differ',
      'flow/missing-translation',
      'flow/outdated-translation',
      'send/window-may-be-closed',
    ]);
    expect(put.headers.get('etag')).to.equal('"2"');
    const second = await host.call('GET', address);
    expect(second.json.items.at(-1)).to.include({ translation: 'Leider', changed: true, translatedFrom: 'Oh' });
    const [entry] = (await host.call('GET', '/api/audit?limit=1')).json.items;
    expect(entry).to.deep.include({
      action: 'texts.save',
      target: 'flow:listed',
      before: { draft: 1 },
      after: { draft: 2, locale: 'de', changed: 3, removed: 0 },
    });
    expect((await host.call('PUT', address, { items })).json).to.include({ revision: 2, changed: 0, unchanged: 3 });
    const removed = await host.call('PUT', address, { items: [{ key: '/onError', translation: '' }] });
    expect(removed.json).to.include({ revision: 3, removed: 1 });
  });

  it('make the round trip by a spreadsheet', async () => {
    const address = await newFlow('sheet');
    const answer = await read(`${address}&format=csv`);
    expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).to.deep.equal([
      'text/csv; charset=utf-8',
      'attachment; filename="sheet.de.csv"',
    ]);
    const csv = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    // As Excel in Germany saves it.
    const translated = csv.replaceAll('","', '";"').replace('"Yes";""', '"Yes";"Ja"').replace('"No";""', '"No";"Nein; danke"');
    const put = await send(address, Buffer.from(`\ufeff${translated.slice(1)}`, 'utf16le'), { 'content-type': 'text/csv' });
    const done = await answerOf(put);
    expect(done).to.include({ changed: 2, unchanged: 0 });
    const draft = (await host.call('GET', '/api/flows/sheet/draft')).json;
    expect(draft.nodes[1].locales).to.deep.equal({ de: { '/message/choices/0/title': 'Ja', '/message/choices/1/title': 'Nein; danke' } });
  });

  it('make the round trip by a tool of translators', async () => {
    const address = await newFlow('tool');
    const xliff = await (await read(`${address}&format=xliff`)).text();
    expect(xliff).to.include('source-language="en" target-language="de"');
    const translated = xliff.replace(
      /<source>Shall we, (<ph id="1">.*?<\/ph>)\?<\/source>\n<target state="needs-translation"><\/target>/,
      '<source>Shall we, $1?</source>\n<target state="translated">$1, wollen wir?</target>',
    );
    const put = await send(address, translated, { 'content-type': 'application/xliff+xml' });
    expect(await answerOf(put)).to.include({ changed: 1, unchanged: 0 });
    const again = await send(address.replace('=de', '=fr'), translated, { 'content-type': 'application/xliff+xml' });
    const refused = await answerOf(again);
    expect([again.status, refused.code, refused.errors[0].code]).to.deep.equal([422, 'texts/unreadable', 'texts/other-language']);
  });

  it('are refused for the language of the flow itself', async () => {
    const address = (await newFlow('own')).replace('=de', '=en');
    const put = await send(address, 'key,translation\nask/message/text,Hallo', { 'content-type': 'text/csv' });
    const refused = await answerOf(put);
    expect([put.status, refused.errors[0].code, refused.errors[0].pointer]).to.deep.equal([400, 'texts/own-language', '/locale']);
  });

  it('are refused as a whole with the place of what is wrong', async () => {
    const address = await newFlow('broken');
    const put = await send(address, 'key,translation\nask/message/text,Hallo\nb,"x', { 'content-type': 'text/csv; charset=utf-8' });
    const refused = await answerOf(put);
    expect([put.status, refused.code]).to.deep.equal([422, 'texts/unreadable']);
    expect(refused.errors[0].message).to.match(/^line \d: the CSV cannot be read/);
    expect((await host.call('GET', '/api/flows/broken')).json.draft.revision).to.equal(1);
    const other = await send(address, 'x', { 'content-type': 'text/plain' });
    expect([other.status, (await answerOf(other)).code]).to.deep.equal([415, 'http/wrong-content-type']);
    const german = await host.call('GET', '/api/flows/broken/texts?locale=German');
    expect([german.status, german.json.errors[0].code]).to.deep.equal([400, 'flow/bad-language']);
    expect((await host.call('PUT', address, { items: [{ translation: 'x' }] })).status).to.equal(422);
    expect((await host.call('GET', '/api/flows/none/texts?locale=de')).status).to.equal(404);
  });

  it('go into the newest draft, unless a revision is asked for', async () => {
    const address = await newFlow('newest');
    const body = JSON.stringify({ items: [{ key: '/onError', translation: 'Leider' }] });
    const json = { 'content-type': 'application/json' };
    const late = await send(address, body, { ...json, 'if-match': '"7"' });
    expect([late.status, (await answerOf(late)).code, late.headers.get('etag')]).to.deep.equal([412, 'draft/conflict', '"1"']);
    expect((await send(address, body, { ...json, 'if-match': '"1"' })).status).to.equal(200);
    // A translation and other work at the same time: neither is lost.
    const languages = ['fr', 'es', 'it', 'pt-BR'];
    const all = await Promise.all(languages.map((one) => send(`/api/flows/newest/texts?locale=${one}`, body, json)));
    expect(all.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    const draft = (await host.call('GET', '/api/flows/newest/draft')).json;
    expect(Object.keys(draft.settings.locales).sort()).to.deep.equal(['de', ...languages].sort());
    expect((await send('/api/flows/newest/texts?locale=PT_br', body, json)).status).to.equal(200);
    expect((await host.call('GET', '/api/flows/newest/texts?locale=pt_br')).json.locale).to.equal('pt-BR');
  });
});
