import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { commandsOn, runCommand } from '../support/run-command.js';
import { startTestApp } from '../support/test-app.js';
import { blocksOf } from './blocks-of.js';
import { playExample } from './play-example.js';

describe('docs/languages.md', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const at = (file: string) => join(folder, file);
  /** Runs a line of the page, with its files in the folder. Returns what it prints, with the names of the page. */
  const run = async (line: string) => {
    const words = line.trim().split(' ').slice(1);
    const { out, err } = await runCommand(words.map((word) => (/\.(json|csv)$/.test(word) ? at(word) : word)));
    return (out + err).replaceAll(join(folder, '/'), '');
  };
  const phone = (conversation: string) => {
    const happens = conversation.split('\n').filter((line) => line.startsWith('> '));
    return `${playExample(JSON.parse(readFileSync(at('table.json'), 'utf8')), happens).join('\n')}\n`;
  };

  it('shows what the commands print and what a phone shows', async () => {
    const blocks = blocksOf(readFileSync('docs/languages.md', 'utf8'));
    expect(blocks.map(({ kind }) => kind)).to.deep.equal(['json', 'phone', 'sh', 'text', 'sh', 'csv', 'csv', 'sh', 'text', 'phone']);
    const [flow, before, check, checked, exported, sheet, translated, imported, done, after] = blocks.map(({ text }) => text);
    writeFileSync(at('table.json'), flow ?? '');
    expect(phone(before ?? '')).to.equal(before);
    expect(await run(check ?? '')).to.equal(checked);
    await run(exported ?? '');
    expect(readFileSync(at('table.de.csv'), 'utf8')).to.equal(`\ufeff${sheet?.replaceAll('\n', '\r\n')}`);
    writeFileSync(at('table.de.csv'), translated ?? '');
    expect(await run(imported ?? '')).to.equal(done);
    expect(phone(after ?? '')).to.equal(after);
  });

  it('says what a wrong use of the command is', async () => {
    writeFileSync(at('some.json'), JSON.stringify(aFlow('some')));
    const wrong: readonly (readonly [line: string, message: RegExp])[] = [
      ['parley texts export some.json', /name the language with --to/],
      ['parley texts mend some.json --to de', /"mend" is neither export nor import/],
      ['parley texts import some.json --to de', /which file of translations\?/],
      ['parley texts export some.json --to de --format docx', /"docx" is not a format/],
      ['parley texts export none.json --to de', /no such file/],
      ['parley texts import some.json --to de some.json', /nothing was changed/],
    ];
    for (const [line, message] of wrong) expect(await run(line), line).to.match(message);
  });

  it('does the same with the flow on a host', async () => {
    const host = await startTestApp();
    const onHost = commandsOn(host.url);
    try {
      const [flow] = blocksOf(readFileSync('docs/languages.md', 'utf8'));
      await host.call('POST', '/api/flows', JSON.parse(flow?.text ?? ''));
      for (const format of ['csv', 'xliff']) {
        const { code, out } = await onHost(['texts', 'export', 'table', '--to', 'fr', '--format', format]);
        expect([code, out.includes('Booked. See you!')]).to.deep.equal([0, true]);
        const back = out
          .replace('Booked. See you!","', 'Booked. See you!","Fait')
          .replace(/(See you!<\/source>\n)<target.*/, '$1<target>Réservé</target>');
        const imported = await onHost(['texts', 'import', 'table', '-', '--to', 'fr', '--format', format], back);
        expect([imported.code, imported.out.split('\n')[0]]).to.deep.equal([0, '1 changed, 0 removed, 0 unchanged']);
      }
      expect((await host.call('GET', '/api/flows/table/draft')).json.nodes[3].locales).to.deep.equal({
        fr: { '/message/text': 'Réservé' },
      });
      expect((await onHost(['texts', 'import', 'table', '-', '--to', 'fr'], 'a,b')).err).to.include('The translations cannot be read');
    } finally {
      await host.app.stop();
    }
  });
});
