import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { commandsOn } from '../support/run-command.js';

/** A host that answers every call with this, and keeps the calls. */
async function listening(answer: object) {
  const calls: { readonly call: string; readonly body: unknown }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    calls.push({ call: `${request.method} ${request.url}`, body: JSON.parse(await text(request)) });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const run = commandsOn(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { calls, run, close: () => server.close() };
}

const shown = (more: object = {}) => ({ kind: 'resumed', path: ['ask>replied', 'end'], effects: [], ...more });
const SAME = { compared: 3, different: [] };
const DIFFERENT = {
  compared: 7,
  unlogged: 2,
  different: [{ session: 's1', turn: 4, was: shown({ effects: [{ kind: 'send' }] }), is: shown({ note: 'no wait' }) }],
  sessions: { compared: 5, different: 1 },
  more: true,
};

describe('parley replay', () => {
  for (const [line, call, body] of [
    ['s1', '/sessions/s1/replay', {}],
    ['a/b', '/sessions/a%2Fb/replay', {}],
    ['s1 --flow talk', '/sessions/s1/replay', { flow: 'talk' }],
    ['s1 --version 2', '/sessions/s1/replay', { version: 2 }],
    ['s1 --flow talk --draft', '/sessions/s1/replay', { draft: true, flow: 'talk' }],
    ['--flow talk --since 2026-11-18', '/flows/talk/replay', { since: '2026-11-18' }],
    ['--flow talk --since 2026-11-18 --version 2 --limit 9', '/flows/talk/replay', { version: 2, since: '2026-11-18', limit: 9 }],
    ['--flow talk --since 2026-11-18 --draft', '/flows/talk/replay', { draft: true, since: '2026-11-18' }],
  ] as const)
    it(`${line} requests ${JSON.stringify(body)} of ${call}`, async () => {
      const { calls, run, close } = await listening(SAME);
      const { code, err } = await run(['replay', ...line.split(' ')]);
      close();
      expect({ code, err, calls }).to.deep.equal({ code: 0, err: '', calls: [{ call: `POST /api${call}`, body }] });
    });

  it('a duration is a time ago', async () => {
    const { calls, run, close } = await listening(SAME);
    const before = Date.now();
    await run(['replay', '--flow', 'talk', '--since', '2h']);
    const after = Date.now();
    close();
    const [since] = calls.map(({ body }) => Date.parse((body as { since: string }).since));
    expect(since).to.be.within(before - 2 * 3_600_000, after - 2 * 3_600_000);
  });

  it('shows what comes out differently, and exits with 1', async () => {
    const { run, close } = await listening(DIFFERENT);
    const words = await run(['replay', '--flow', 'talk', '--since', '7d']);
    const json = await run(['replay', '--flow', 'talk', '--since', '7d', '--json']);
    close();
    expect(words).to.deep.equal({
      code: 1,
      out: [
        's1 turn 4',
        '  was resumed ask>replied end {"kind":"send"}',
        '  is  resumed (no wait) ask>replied end',
        '7 turns replayed of 5 conversations, 1 of which are different: 1 come out differently, 2 could not be replayed because their flow is not logged. There are more: use --limit\n',
      ].join('\n'),
      err: '',
    });
    expect([json.code, JSON.parse(json.out)]).to.deep.equal([1, DIFFERENT]);
  });

  it('needs a session, or a flow and a time', async () => {
    const { calls, run, close } = await listening(SAME);
    for (const line of [[], ['--flow', 'talk'], ['--since', '7d'], ['s1', '--version', 'two']])
      expect((await run(['replay', ...line])).code, line.join(' ')).to.equal(2);
    close();
    expect(calls).to.deep.equal([]);
  });
});
