import type { Jobs, Log } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import { openInProcessJobs } from './in-process/open.js';

/** Opens the jobs of this host. There is only one kind so far: in process. */
export function openJobs(clock: Clock, log: Log): Jobs {
  return openInProcessJobs(clock, log);
}
