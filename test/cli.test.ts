import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { aFlow } from './support/builders.js';
import { startTestApp, TEST_KEY, type TestApp } from './support/test-app.js';

/** The `parley` command as a process, as people call it. */
function parley(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((done) => {
    const path = process.env['PATH'] ?? '';
    execFile(process.execPath, ['dist/src/cli/parley.js', ...args], { env: { PATH: path, ...env } }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('the parley command as a process', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/flows', aFlow('note'));
    await host.call('POST', '/api/flows/note/publish', {});
  });
  after(() => host.app.stop());
  const there = () => ['--url', host.url, '--key', TEST_KEY];

  it('its exit codes and its outputs are those of the command: 0 well, 1 not well, 2 asked in the wrong way', async () => {
    const env = { PARLEY_URL: host.url, PARLEY_KEY: TEST_KEY };
    expect(await parley(['flows'], env)).to.deep.equal({
      code: 0,
      out: 'CODE  STATE   VERSION  WAITING  CHANNELS  NAME\nnote  ONLINE  1        0                  note\n',
      err: '',
    });
    expect(await parley(['flows', 'mars'], env)).to.deep.equal({ code: 1, out: '', err: 'parley flows: Unknown flow: "mars".\n' });
    expect(await parley(['flows', '--fast'], env)).to.include({ code: 2, out: '' });
    expect(await parley(['dance'])).to.include({ code: 2, out: '' });
    const overview = await parley([]);
    expect([overview.code, overview.err, overview.out.startsWith('usage: parley <command>')]).to.deep.equal([0, '', true]);
  });

  it('the file that package.json names as the command is there, and says what runs it', () => {
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: { parley: string } };
    expect(readFileSync(bin.parley, 'utf8')).to.match(/^#!\/usr\/bin\/env node\n/);
  });

  it('who reads no further ends it in silence', async () => {
    for (const [i, code] of ['a', 'b'].entries())
      await host.call('POST', '/api/flows', aFlow(`${code}-${i}`, { remark: code.repeat(2_000) }));
    // A pipe whose reader is gone before anything is written.
    const reader = ['-e', 'process.stdin.destroy()'];
    const writer = [process.execPath, 'dist/src/cli/parley.js', 'flows', '--json', ...there()].join(' ');
    const { code, err } = await new Promise<{ code: unknown; err: string }>((done) => {
      execFile('bash', ['-c', `set -o pipefail; ${writer} | ${process.execPath} ${reader[0]} '${reader[1]}'`], (error, _out, said) =>
        done({ code: error?.code ?? 0, err: said }),
      );
    });
    expect([code, err]).to.deep.equal([0, '']);
  });

  it('start says in words which setting is wrong', async () => {
    const { code, err } = await parley(['start'], { PORT: 'many' });
    expect([code, err]).to.deep.equal([2, 'parley: invalid settings\n  PORT: must be a number\n']);
  });

  it('replay computes what was recorded again, and says what a host refuses', async () => {
    const { out, code } = await parley(['replay', '--flow', 'note', '--since', '7d', ...there()]);
    expect([code, out]).to.deep.equal([0, '0 turns replayed of 0 conversations, 0 of which are different: 0 come out differently\n']);
    const refused = await parley(['replay', 'nobody', ...there()]);
    expect([refused.code, refused.err]).to.deep.equal([1, 'parley replay: Unknown session: "nobody".\n']);
    expect((await parley(['replay', ...there()])).code).to.equal(2);
    const nowhere = await parley(['replay', 'x', '--url', 'http://127.0.0.1:9', '--key', 'k']);
    expect(nowhere.err).to.match(/^parley replay: no host answers on http:\/\/127\.0\.0\.1:9 \(/);
    expect((await parley(['replay', 'x'])).err).to.match(/a key is missing/);
  });
});
