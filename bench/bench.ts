// npm run bench [-- messages|budget|turns|starts|flow-size|stored-sessions|start-up]: measures Parley and its baselines side by side.
import { benchBudget } from './budget.js';
import { benchFlowSize } from './flow-size.js';
import { benchMessages } from './messages.js';
import { benchStartUp } from './start-up.js';
import { benchStarts } from './starts.js';
import { benchStoredSessions } from './stored-sessions.js';
import { benchTurns } from './turns.js';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  messages: benchMessages,
  budget: benchBudget,
  turns: benchTurns,
  starts: benchStarts,
  'flow-size': benchFlowSize,
  'stored-sessions': benchStoredSessions,
  'start-up': benchStartUp,
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`bench: there is no ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
for (const [name, run] of Object.entries(benches)) if (wanted.length === 0 || wanted.includes(name)) await run();
process.exit(0);
