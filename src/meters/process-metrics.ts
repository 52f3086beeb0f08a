import type { Registry as RegistryType } from 'prom-client';
import Counter from 'prom-client/lib/counter.js';
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import gc from 'prom-client/lib/metrics/gc.js';
import heap from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import memory from 'prom-client/lib/metrics/osMemoryHeap.js';
import maxFiles from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import openFiles from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import startTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';
import Registry from 'prom-client/lib/registry.js';

/** How often the lag of the event loop is measured, in milliseconds. */
const PRECISION = { eventLoopMonitoringPrecision: 20 } as const;

let made: RegistryType | undefined;

/** Returns the metrics of the process under their usual names. Hosts in one process share them. */
export function processMetrics(): RegistryType {
  if (made) return made;
  made = new Registry();
  for (const collect of [startTime, memory, openFiles, maxFiles, eventLoopLag, heap, gc, version]) collect(made, PRECISION);
  countCpu(made);
  return made;
}

/** Counts CPU time as prom-client does, whose own file would load OpenTelemetry's API. The first counter sets all three, at one moment. */
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
