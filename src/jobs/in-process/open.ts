import type { JobName, Jobs, Log } from '../../contract/host/index.js';
import type { Clock } from '../../contract/index.js';

interface Look {
  readonly every: number;
  readonly run: (stopping: AbortSignal) => Promise<void>;
  /** When the timer fires, on the monotonic clock; Infinity if there is no timer. */
  at: number;
  cancel: () => void;
  running: Promise<void> | undefined;
  /** When to look again after the look that is running; Infinity if that was not asked for. */
  again: number;
}

/** Opens jobs of this host alone, by timers. No Redis is needed, because looking in vain costs little. */
export function openInProcessJobs(clock: Clock, log: Log): Jobs {
  const looks = new Map<JobName, Look>();
  const stopping = new AbortController();

  return {
    look(name, every, run) {
      const look: Look = {
        every,
        run,
        at: Number.POSITIVE_INFINITY,
        cancel: () => {},
        running: undefined,
        again: Number.POSITIVE_INFINITY,
      };
      looks.set(name, look);
      plan(name, look, clock.monotonic() + every);
    },
    soon(name, at) {
      const look = looks.get(name);
      if (look) plan(name, look, clock.monotonic() + (at === undefined ? 0 : Date.parse(at) - Date.parse(clock.now())));
    },
    async stop() {
      stopping.abort();
      for (const look of looks.values()) look.cancel();
      await Promise.all([...looks.values()].map((look) => look.running));
    },
  };

  function plan(name: JobName, look: Look, at: number): void {
    if (stopping.signal.aborted) return;
    if (look.running) {
      look.again = Math.min(look.again, at);
      return;
    }
    if (look.at <= at) return;
    look.cancel();
    look.at = at;
    look.cancel = clock.after(Math.max(0, at - clock.monotonic()), () => {
      look.at = Number.POSITIVE_INFINITY;
      look.running = run(name, look);
    });
  }

  async function run(name: JobName, look: Look): Promise<void> {
    try {
      await look.run(stopping.signal);
    } catch (error) {
      log.warn({ job: name, error: error instanceof Error ? error.message : String(error) }, 'a job failed and will be retried');
    }
    look.running = undefined;
    const next = Math.min(look.again, clock.monotonic() + look.every);
    look.again = Number.POSITIVE_INFINITY;
    plan(name, look, next);
  }
}
