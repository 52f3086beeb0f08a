import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { GROUP_OF, type Group } from './groups.js';

/** Time between two samples, in microseconds. */
const INTERVAL = 500;

/** Starts a CPU profile of this process. Returns a function that ends it. */
export async function startProfile(): Promise<() => Promise<Profiler.Profile>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  };
}

/** What V8 shows beside functions: time in native code outside JavaScript, and time in which the thread waits for events. */
const OUTSIDE: Readonly<Record<string, Group>> = { '(garbage collector)': 'GC', '(program)': '(program)', '(idle)': '(idle)' };

/** Returns the microseconds of each group. A function that belongs to no group counts for the nearest caller that does. */
export function microsByGroup({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<Group, number> {
  const groups = groupsOfNodes(nodes);
  const micros = new Map<Group, number>();
  for (const [i, sample] of samples.entries()) {
    const group = groups.get(sample) ?? 'the rest';
    micros.set(group, (micros.get(group) ?? 0) + (timeDeltas[i] ?? 0));
  }
  return micros;
}

/** Nodes are listed before their children. */
function groupsOfNodes(nodes: readonly Profiler.ProfileNode[]): ReadonlyMap<number, Group> {
  const groups = new Map<number, Group>();
  for (const { id, callFrame, children = [] } of nodes) {
    const group = OUTSIDE[callFrame.functionName] ?? groupOfFrame(callFrame) ?? groups.get(id) ?? 'the rest';
    groups.set(id, group);
    for (const child of children) groups.set(child, group);
  }
  return groups;
}

function groupOfFrame({ url, functionName }: Profiler.ProfileNode['callFrame']): Group | undefined {
  const frame = `${url.replace(/^.*\/(?=(dist|node_modules)\/)/, '')}#${functionName}`;
  return GROUP_OF.find(([pattern]) => pattern.test(frame))?.[1];
}

/** What the kernel has counted for a process, in microseconds and bytes. */
export interface Usage {
  readonly user: number;
  readonly system: number;
  /** The part of `user` and `system` that the main thread has used. */
  readonly main: number;
  /** How long the main thread was ready to run, but had no core. */
  readonly queued: number;
  /** Bytes written to the disk. */
  readonly written: number;
}

const MICROS_PER_TICK = 10_000;

export function usageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [running = 0, queued = 0] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ').map(Number);
  return {
    user: Number(fields[11]) * MICROS_PER_TICK,
    system: Number(fields[12]) * MICROS_PER_TICK,
    main: running / 1_000,
    queued: queued / 1_000,
    written: Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]),
  };
}

export function usageSince(pid: number, before: Usage): Usage {
  const now = usageOf(pid);
  const since = (key: keyof Usage) => now[key] - before[key];
  return { user: since('user'), system: since('system'), main: since('main'), queued: since('queued'), written: since('written') };
}
