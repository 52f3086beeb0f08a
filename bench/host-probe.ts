// Preloaded into a host by `--import`. Measures inside its process what its parent asks for over IPC:
//   { profile: 'start' } → { profiling: true }      { profile: 'stop' } → { profile }, a CPU profile
//   { delays: 'start' } → { delaying: true }        { delays: 'stop' } → { delays: LoopDelays }
//   { heap: true } → { heap }, the bytes in use after a collection
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startProfile } from './profile.js';

/** How late the event loop was, in milliseconds. */
export interface LoopDelays {
  readonly p50: number;
  readonly p999: number;
  readonly max: number;
}

interface Request {
  readonly profile?: 'start' | 'stop';
  readonly delays?: 'start' | 'stop';
  readonly heap?: true;
}

/** How often the event loop is asked, in milliseconds. The histogram has the times between two answers. */
const RESOLUTION = 10;

let stopProfile: (() => Promise<object>) | undefined;
let histogram: IntervalHistogram | undefined;

process.on('message', ({ profile, delays, heap }: Request) => {
  if (profile === 'start') startProfile().then(profiling, fail);
  if (profile === 'stop') stopProfile?.().then((taken) => process.send?.({ profile: taken }), fail);
  if (delays === 'start') {
    histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
    histogram.enable();
    process.send?.({ delaying: true });
  }
  if (delays === 'stop' && histogram) process.send?.({ delays: delaysIn(histogram) });
  if (heap) {
    collect();
    process.send?.({ heap: process.memoryUsage().heapUsed });
  }
});

/** Collects the whole heap. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

function profiling(stop: () => Promise<object>): void {
  stopProfile = stop;
  process.send?.({ profiling: true });
}

function delaysIn(times: IntervalHistogram): LoopDelays {
  times.disable();
  const late = (nanos: number) => Math.max(0, nanos / 1e6 - RESOLUTION);
  return { p50: late(times.percentile(50)), p999: late(times.percentile(99.9)), max: late(times.max) };
}

function fail(error: unknown): void {
  process.send?.({ failed: String(error) });
}
