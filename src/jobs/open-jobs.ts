import type { Jobs, Log } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import { openInProcessJobs } from './in-process/open.js';

/** The jobs of this host: in process, for now the only kind. */
export function openJobs(clock: Clock, log: Log): Jobs {
  return openInProcessJobs(clock, log);
}
