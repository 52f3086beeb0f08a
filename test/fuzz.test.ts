import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { damaged } from '../fuzz/damage.js';
import { readOptions } from '../fuzz/options.js';
import { flawIn } from '../fuzz/pointers.js';
import { newNote, watched, watching } from '../fuzz/watch.js';

describe('the fuzzer', () => {
  it('finds nothing in two thousand runs', async () => {
    const { code, said } = await fuzz('--runs', '2000', '--seed', '1');
    expect(code, said).to.equal(0);
    expect(said)
      .to.match(/flows: 1300 runs/)
      .and.match(/webhooks: 600 runs/)
      .and.match(/api: 100 runs/);
    // Else it would feed what is refused at once, and nothing would be played.
    for (const outcome of ['played', 'refused', 'taken', 'flow lived']) expect(said).to.match(new RegExp(`${outcome} \\d+`));
  }).timeout(120_000);

  it('says what is wrong with its options', async () => {
    expect(readOptions(['--runs', 'many'], undefined)).to.equal('--runs takes a number');
    expect(readOptions(['--only', 'all'], undefined)).to.equal('--only takes flows or webhooks or api');
    expect(readOptions(['--fuzz'], undefined)).to.match(/--fuzz/);
    expect(readOptions(['--only', 'api', '--runs', '5', '--seed', '7'], undefined)).to.deep.equal({ runs: 5, seed: 7, shares: { api: 5 } });
  });

  it('damages a copy, in every way that it knows', () => {
    const sound = { a: [1, { b: 'text' }], c: 'words' };
    const before = JSON.stringify(sound);
    const of = (damage: Parameters<typeof damaged>[1][number]) => JSON.stringify(damaged(sound, [damage]));
    expect(of({ do: 'drop', at: 1 })).to.equal('{"c":"words"}');
    expect(of({ do: 'double', at: 1 })).to.equal('{"a":[1,{"b":"text"}],"c":"words","a2":[1,{"b":"text"}]}');
    expect(of({ do: 'retype', at: 2 })).to.equal('{"a":[1,{"b":"text"}],"c":5}');
    expect(of({ do: 'put', at: 2, value: { d: null } })).to.equal('{"a":[1,{"b":"text"}],"c":{"d":null}}');
    expect(of({ do: 'reword', at: 0, text: 'odd' })).to.equal('{"a":[1,{"b":"text"}],"c":"odd"}');
    expect(of({ do: 'rename', at: 2, name: '__proto__', value: 1 })).to.equal('{"a":[1,{"b":"text"}],"__proto__":"words"}');
    expect(of({ do: 'add', at: 0, name: '$ne', value: 1 })).to.equal('{"a":[1,{"b":"text"}],"c":"words","$ne":1}');
    expect(of({ do: 'swap', at: 1, other: 2 })).to.equal('{"a":"words","c":[1,{"b":"text"}]}');
    expect(of({ do: 'nest', at: 2, times: 2 })).to.equal('{"a":[1,{"b":"text"}],"c":{"not":["words"]}}');
    expect(of({ do: 'repeat', at: 3, times: 2 })).to.equal('{"a":[1,{"b":"text"},1,1],"c":"words"}');
    expect(JSON.stringify(sound)).to.equal(before);
  });

  it('knows a pointer that leads nowhere, and words that are missing', () => {
    const problem = { pointer: '/a/0', code: 'flow/wrong', message: 'wrong', hint: 'Mend it.' };
    const body = { a: [1], 'b/c': { d: 1 } };
    for (const pointer of ['', '/a', '/a/0', '/a/7', '/missing', '/b~1c/d'])
      expect(flawIn([{ ...problem, pointer }], body), pointer).to.equal(undefined);
    for (const pointer of ['a', '/a/0/b', '/none/b', '/b/c/d'])
      expect(flawIn([{ ...problem, pointer }], body), pointer).to.match(/pointer/);
    for (const lack of ['code', 'message', 'hint', 'pointer'])
      expect(flawIn([{ ...problem, [lack]: undefined }], body), lack).to.not.equal(undefined);
  });

  it('can tell from outside what a thread is stuck on', () => {
    const note = newNote();
    const [inside, outside] = [watched(note), watching(note)];
    inside.begin('{"text":"endless ü"}');
    expect([outside.beat % 2, outside.recipe]).to.deep.equal([1, '{"text":"endless ü"}']);
    inside.end();
    expect(outside.beat % 2).to.equal(0);
  });
});

function fuzz(...args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const { MONGODB_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ['dist/fuzz/run.js', ...args], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part.toString();
    });
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}
