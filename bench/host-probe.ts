// Preloaded into a host by `--import`. Measures inside its process what its parent asks for over IPC:
//   { profile: 'start' } → { profiling: true }      { profile: 'stop' } → { profile }, a CPU profile
//   { delays: 'start' } → { delaying: true }        { delays: 'stop' } → { delays: LoopDelays }
//   { heap: true } → { heap }, the bytes in use after a collection, if the host was started with --expose-gc
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
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
    globalThis.gc?.();
    process.send?.({ heap: process.memoryUsage().heapUsed });
  }
});

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
