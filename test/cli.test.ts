import { execFile } from 'node:child_process';
import { expect } from 'chai';
import { aFlow } from './support/builders.js';
import { startTestApp, TEST_KEY, type TestApp } from './support/test-app.js';

/** The `parley` command as a process, as people call it. */
function parley(args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '' };
    execFile(process.execPath, ['dist/src/cli/parley.js', ...args], { env }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('the parley command', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/flows', aFlow('note'));
    await host.call('POST', '/api/flows/note/publish', {});
  });
  after(() => host.app.stop());
  const there = () => ['--url', host.url, '--key', TEST_KEY];

  it('every word has its help, and what is not known is said with exit code 2', async () => {
    const { out } = await parley([]);
    const words = [...out.matchAll(/^ {2}parley (\w+)/gm)].map(([, word = '']) => word);
    expect(words).to.include.members(['start', 'check', 'chat', 'replay']);
    const helps = await Promise.all(words.map((word) => parley([word, '--help'])));
    for (const [i, help] of helps.entries())
      expect([help.code, help.out], words[i]).to.deep.equal([0, help.out.match(/^usage: parley/)?.input]);
    expect((await parley(['dance'])).code).to.equal(2);
    expect(await parley(['replay', '--fast'])).to.include({ code: 2 });
  });

  it('replay computes what was recorded again, and says what a host refuses', async () => {
    const { out, code } = await parley(['replay', '--flow', 'note', '--since', '7d', ...there()]);
    expect([code, out]).to.deep.equal([
      0,
      '0 turns computed again of 0 conversations, 0 of which are different: 0 come to something else\n',
    ]);
    const refused = await parley(['replay', 'nobody', ...there()]);
    expect([refused.code, refused.err]).to.deep.equal([1, 'parley replay: There is no session "nobody".\n']);
    expect((await parley(['replay', ...there()])).code).to.equal(2);
    const nowhere = await parley(['replay', 'x', '--url', 'http://127.0.0.1:9', '--key', 'k']);
    expect(nowhere.err).to.match(/^parley replay: no host answers on http:\/\/127\.0\.0\.1:9 \(/);
    expect((await parley(['replay', 'x'])).err).to.match(/a key is needed/);
  });
});
