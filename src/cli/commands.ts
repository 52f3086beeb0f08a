import { backup } from './backup.js';
import { chat } from './chat.js';
import { check } from './check.js';
import type { Command } from './command.js';
import { flows } from './flows.js';
import { migrate } from './migrate.js';
import { newPackage } from './new.js';
import { offline } from './offline.js';
import { play } from './play.js';
import { publish } from './publish.js';
import { replay } from './replay.js';
import { rollback } from './rollback.js';
import { sessions } from './sessions.js';
import { start } from './start.js';
import { testFlows } from './test-flows.js';
import { texts } from './texts.js';
import { trigger } from './trigger.js';

/** The commands of `parley`, in the order of the overview. */
export const commands: Readonly<Record<string, Command>> = {
  start,
  chat,
  check,
  play,
  test: testFlows,
  texts,
  publish,
  flows,
  offline,
  rollback,
  trigger,
  sessions,
  replay,
  backup,
  migrate,
  new: newPackage,
};
