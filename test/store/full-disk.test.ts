import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';

/** Changes the limits of a running process. Linux only. */
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;
if (!hasPrlimit) process.stdout.write('the embedded store on a full disk is not tested: there is no prlimit\n');
else
  describe('the embedded store on a full disk', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-full-'));
    after(() => rmSync(folder, { recursive: true }));

    it('refuses what it cannot write and reports that it is away; once there is room it goes on, and nothing accepted is lost', async () => {
      const file = join(folder, 'parley.db');
      const child = spawn(process.execPath, ['--input-type=module', '-e', asking(file)], { stdio: ['pipe', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const ask = async (what: string) => {
        child.stdin.write(`${what}\n`);
        return (await lines.next()).value as string;
      };
      const limit = (size: string) => {
        expect(spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${size}:unlimited`]).status).to.equal(0);
      };
      expect([await ask('write a'), await ask('ping')]).to.deep.equal(['done', 'done']);
      limit('1');
      expect([await ask('write b'), await ask('write c'), await ask('ping')]).to.deep.equal(['store/away', 'store/away', 'store/away']);
      expect(await ask('find a')).to.equal('a');
      limit('unlimited');
      expect([await ask('ping'), await ask('write d'), await ask('find d'), await ask('find b')]).to.deep.equal([
        'done',
        'done',
        'd',
        'nobody',
      ]);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const store = await openEmbeddedStore({ file }, silentLog);
      const found = await Promise.all(['a', 'b', 'c', 'd'].map((who) => store.contacts.find(`whatsapp:${who}`)));
      expect(found).to.deep.equal(['a', undefined, undefined, 'd']);
      await store.close();
    });
  });

/** A process that opens a store and performs commands on it, line by line. */
function asking(file: string): string {
  const module = new URL('../../src/store/embedded/open.js', import.meta.url).href;
  return `import { createInterface } from 'node:readline';
    const { openEmbeddedStore } = await import(${JSON.stringify(module)});
    const store = await openEmbeddedStore({ file: ${JSON.stringify(file)} }, { debug() {} });
    for await (const line of createInterface({ input: process.stdin })) {
      const [what, who] = line.split(' ');
      try {
        if (what === 'write') await store.contacts.resolve(['whatsapp:' + who], who);
        if (what === 'ping') await store.ping();
        console.log(what === 'find' ? ((await store.contacts.find('whatsapp:' + who)) ?? 'nobody') : 'done');
      } catch (error) {
        console.log(error.code);
      }
    }`;
}
