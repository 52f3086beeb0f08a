import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Joi from 'joi';
import { definePlugin } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';
import { putOnline } from '../support/small-world.js';
import { startTestApp } from '../support/test-app.js';

const riddle = definePlugin<object>({
  node: {
    type: 'riddle',
    version: 1,
    title: 'riddle',
    sentence: 'Does what the test needs.',
    group: 'core',
    params: Joi.object({}),
    ports: [{ name: 'next' }],
    enter: () => ({ then: { exit: 'next' } }),
  },
});

describe('a host that lacks a node type of a flow that is ONLINE', () => {
  it('is not ready, and says which version needs which type; with the plugin it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-degraded-'));
    const ready = async (plugins: readonly (typeof riddle)[]) => {
      const host = await startTestApp({ DATA_DIR: folder }, undefined, { plugins });
      const flow = aFlow('riddles', {
        nodes: [
          { id: 'start', type: 'start', version: 1, params: {} },
          { id: 'ask', type: 'riddle', version: 1, params: {} },
        ],
        edges: [{ from: 'start', port: 'next', to: 'ask' }],
      });
      if (plugins.length > 0) await putOnline(host.app.store, flow, []);
      const { status, json } = await host.call('GET', '/health/ready', undefined, { authorization: '' });
      await host.app.stop();
      return { status, json };
    };
    expect(await ready([riddle])).to.deep.equal({ status: 200, json: { status: 'ready' } });
    const without = await ready([]);
    expect([without.status, without.json.code]).to.deep.equal([503, 'http/lacks-node-type']);
    expect(without.json.detail).to.include('riddles@1').and.to.include('"riddle"');
    rmSync(folder, { recursive: true });
  });
});
