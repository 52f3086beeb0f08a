// npm run bench [-- NAME …] [options]: measures Parley and its baselines side by side. Without a name: all benches.
//   messages, budget, turns, starts, flow-size, stored-sessions, start-up, burst, pace
//   --starts N      people of a burst, and of pace
//   --waits N       waits that end in one second, of a burst
//   --limit N       seconds after which a burst is ended
import { benchBudget } from './budget.js';
import { benchBurst } from './burst.js';
import { benchFlowSize } from './flow-size.js';
import { benchMessages } from './messages.js';
import { type Options, readOptions } from './options.js';
import { benchPace } from './pace.js';
import { benchStartUp } from './start-up.js';
import { benchStarts } from './starts.js';
import { benchStoredSessions } from './stored-sessions.js';
import { benchTurns } from './turns.js';

const benches: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  messages: benchMessages,
  budget: benchBudget,
  turns: benchTurns,
  starts: benchStarts,
  'flow-size': benchFlowSize,
  'stored-sessions': benchStoredSessions,
  'start-up': benchStartUp,
  burst: benchBurst,
  pace: benchPace,
};
const read = readOptions(process.argv.slice(2));
if (typeof read === 'string') refuse(read);
const unknown = read.names.filter((name) => !(name in benches));
if (unknown.length > 0) refuse(`there is no ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
for (const [name, run] of Object.entries(benches)) if (read.names.length === 0 || read.names.includes(name)) await run(read.options);
process.exit(0);

function refuse(why: string): never {
  process.stderr.write(`bench: ${why}\n`);
  process.exit(2);
}
