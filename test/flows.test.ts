import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/all.js';
import type { TurnRecord } from '../src/contract/host/index.js';
import type { FlowDefinition } from '../src/contract/index.js';
import { channelLimits } from '../src/flow/channel-limits.js';
import { checkFlow, errorsOf } from '../src/flow/check.js';
import { compileFlow } from '../src/flow/compile.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import type { Program } from '../src/flow/program.js';
import { replayTurns } from '../src/replay/replay.js';
import type { Conversation } from './support/golden/conversation.js';
import { createPlayer, goldenWorld } from './support/golden/player.js';
import { testNodes } from './support/test-nodes.js';

const FOLDER = 'test/flows';
const nodeTypes = createNodeTypes([...plugins, ...testNodes]);
const limits = channelLimits({ bound: adapters, loaded: adapters });

describe('golden conversations', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.case.json'))) {
    const conversation = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Conversation;

    it(conversation.promise, () => {
      const played = play(conversation);
      if (process.env['UPDATE'] === '1' && process.env['CI'] === undefined) {
        writeFileSync(`${FOLDER}/${file}`, `${JSON.stringify({ ...conversation, steps: played.steps }, null, 2)}\n`);
        return;
      }
      expect(played.steps).to.deep.equal(conversation.steps);
    });

    it(`${conversation.promise} — and comes out the same when it is computed again from its journal`, () => {
      const { records, world } = play(conversation);
      // Written and read back, as a store would.
      const stored = JSON.parse(JSON.stringify(records)) as readonly TurnRecord[];
      const { compared, different } = replayTurns(stored, world);
      expect(different).to.deep.equal([]);
      expect(compared).to.equal(records.filter((one) => one.bug === undefined).length);
    });
  }

  it('a replay reads STOP words as they were read then', () => {
    const conversation = JSON.parse(readFileSync(`${FOLDER}/opt-out.case.json`, 'utf8')) as Conversation;
    const all = conversation.flows.map((code) => load(code));
    const withWords = goldenWorld(all, adapters);
    const channels = new Map([...withWords.channels].map(([id, { optOut: _, ...facts }]) => [id, facts]));
    for (const [then, now] of [
      [withWords, { ...withWords, channels }],
      [{ ...withWords, channels }, withWords],
    ] as const) {
      const player = createPlayer(all, then);
      for (const step of conversation.steps) player.play(step);
      expect(replayTurns(player.records, now)).to.deep.equal({ compared: conversation.steps.length, different: [] });
    }
  });

  it('a replay on another flow tells what would differ', () => {
    const conversation = JSON.parse(readFileSync(`${FOLDER}/name.case.json`, 'utf8')) as Conversation;
    const { records, world } = play(conversation);
    const onto = load('name', (text) => text.replace('Thanks', 'Many thanks'));
    const { different } = replayTurns(records, { ...world, onto });
    expect(different.map(({ turn }) => turn)).to.deep.equal([2]);
  });
});

function load(code: string, edit = (text: string) => text): Program {
  const definition = JSON.parse(edit(readFileSync(`${FOLDER}/${code}.flow.json`, 'utf8'))) as FlowDefinition;
  const problems = errorsOf(checkFlow(definition, { nodeTypes, limits }));
  expect(problems, `${code}.flow.json`).to.deep.equal([]);
  return compileFlow(definition, 1, nodeTypes);
}

function play({ flows, steps, constants }: Conversation) {
  const all = flows.map((code) => load(code));
  const player = createPlayer(all, { ...goldenWorld(all, adapters), ...(constants ? { constants } : {}) });
  return { steps: steps.map((step) => player.play(step).played), records: player.records, world: player.world };
}
