import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { stopClock } from './clock.js';
import type { CodeRun } from './code-run.js';
import { openSandbox } from './sandbox.js';

/** How much the thread gives way to the event loop of the host. On Linux, the priority is that of the thread alone. */
const NICE = 5;

if (process.platform === 'linux')
  try {
    setPriority(0, NICE);
  } catch {
    // It runs as fast as everything else.
  }
const setClock = stopClock();
let sandbox = openSandbox(setClock);

parentPort?.on('message', async (run: CodeRun) => {
  const ready = await sandbox;
  parentPort?.postMessage(ready.run(run, () => parentPort?.postMessage('begun')));
  // Memory of WebAssembly never becomes smaller.
  if (!ready.isFit) sandbox = openSandbox(setClock);
});
