// npm run bench [-- NAME …] [options]: measures Parley and its baselines side by side. Without a name: all benches but soak.
//   messages, budget, turns, starts, flow-size, stored-sessions, start-up, burst, pace, soak
//   --starts N      people of a burst, and of pace
//   --waits N       waits that end in one second, of a burst
//   --sessions N    how many sessions are stored, for stored-sessions
//   --minutes N     how long soak takes
//   --limit N       seconds after which a burst, pace, or the filling of a store for stored-sessions is ended; 600 by default
import { benchBudget } from './budget.js';
import { benchBurst } from './burst.js';
import { benchFlowSize } from './flow-size.js';
import { benchMessages } from './messages.js';
import { type Options, readOptions } from './options.js';
import { benchPace } from './pace.js';
import { benchSoak } from './soak.js';
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
  soak: benchSoak,
};
const read = readOptions(process.argv.slice(2));
if (typeof read === 'string') refuse(read);
const unknown = read.names.filter((name) => !(name in benches));
if (unknown.length > 0) refuse(`there is no ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
const isWanted = (name: string) => (read.names.length === 0 ? name !== 'soak' : read.names.includes(name));
for (const [name, run] of Object.entries(benches)) if (isWanted(name)) await run(read.options);
process.exit(0);

function refuse(why: string): never {
  process.stderr.write(`bench: ${why}\n`);
  process.exit(2);
}
