import type { Registry as RegistryType } from 'prom-client';
import Counter from 'prom-client/lib/counter.js';
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import gc from 'prom-client/lib/metrics/gc.js';
import heap from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import memory from 'prom-client/lib/metrics/osMemoryHeap.js';
import mostFiles from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import openFiles from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import startTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';
import Registry from 'prom-client/lib/registry.js';

/** How often the lag of the event loop is looked at, in milliseconds. */
const LOOKED_AT = { eventLoopMonitoringPrecision: 20 } as const;

let made: RegistryType | undefined;

/** prom-client's figures of the process, under their usual names. There is one process, however many hosts live in it. */
export function processMetrics(): RegistryType {
  if (made) return made;
  made = new Registry();
  for (const collect of [startTime, memory, openFiles, mostFiles, eventLoopLag, heap, gc, version]) collect(made, LOOKED_AT);
  countCpu(made);
  return made;
}

/** As prom-client does it, whose own file loads OpenTelemetry's API. The first of the three sets all, so that they tell of one moment. */
function countCpu(registry: RegistryType): void {
  const registers = [registry];
  let before = process.cpuUsage();
  const user = new Counter({
    name: 'process_cpu_user_seconds_total',
    help: 'Total user CPU time spent in seconds.',
    registers,
    collect() {
      const now = process.cpuUsage();
      const [inUser, inSystem] = [(now.user - before.user) / 1e6, (now.system - before.system) / 1e6];
      before = now;
      user.inc(inUser);
      system.inc(inSystem);
      both.inc(inUser + inSystem);
    },
  });
  const system = new Counter({ name: 'process_cpu_system_seconds_total', help: 'Total system CPU time spent in seconds.', registers });
  const both = new Counter({ name: 'process_cpu_seconds_total', help: 'Total user and system CPU time spent in seconds.', registers });
}
