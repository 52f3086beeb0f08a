import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNodeType, type Json, type NodeCase, type Plugin, portsOf } from '../contract/index.js';
import { mistakesInPlugin } from '../extensions/judge-plugin.js';
import { describeNodeType } from '../flow/describe.js';
import { validParams } from './case-world.js';
import { playCase } from './play-case.js';
import { asJson, same } from './same.js';
import type { TestRunner } from './test-runner.js';
import { unnamedFields } from './unnamed-fields.js';

export interface PluginUnderTest extends TestRunner {
  /** The table of `cases.ts`. */
  readonly cases: readonly NodeCase[];
  /** Where its README.md is, from the working directory. */
  readonly folder: string;
}

/** What every plugin must pass: a host would take it, its cases come out as they say, and its page and its form explain it. */
export function pluginSuite(plugin: Plugin, { cases, folder, describe, it }: PluginUnderTest): void {
  const { node } = plugin;
  describe(`the node type ${node.type}`, () => {
    it('is one that a host takes', () => {
      assert.deepEqual(mistakesInPlugin(plugin), []);
    });

    it('does in each case what its table says', () => {
      assert.notEqual(cases.length, 0, 'the table has no case');
      for (const one of cases) {
        const { outcome, warnings } = playCase(node, one);
        same(asJson(outcome), asJson(one.expect), one.name);
        same(warnings, one.warnings ?? [], `${one.name}: warnings`);
      }
    });

    it('is left by its ports only, and names every variable that it sets', () => {
      for (const { name, params, expect } of cases) {
        const valid = validParams(node, params);
        const ports = portsOf(node.ports, valid).map((port) => port.name);
        if ('exit' in expect.then) assert.ok(ports.includes(expect.then.exit), `${name}: it has no port ${expect.then.exit}`);
        const unnamed = Object.keys(expect.set ?? {}).filter((one) => !(node.sets?.(valid) ?? []).includes(one));
        if (unnamed.length > 0) assert.fail(`${name}: "sets" does not name ${unnamed.join(', ')}`);
      }
    });

    it('reaches every port in some case', () => {
      const reached = new Set(cases.flatMap(({ expect: { then } }) => ('exit' in then ? [then.exit] : 'fail' in then ? ['failed'] : [])));
      const wanted = new Set(cases.flatMap((one) => fixedPorts(node, one.params)));
      const missed = [...wanted].filter((port) => !reached.has(port));
      if (missed.length > 0) assert.fail(`no case leaves by ${missed.join(', ')}`);
    });

    it('has a README whose example is valid, and which names every port', () => {
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
      assert.notEqual(example, '', 'README.md has no example in JSON');
      const drawn = JSON.parse(example) as { readonly type: string; readonly version: number; readonly params: Json };
      assert.deepEqual([drawn.type, drawn.version], [node.type, node.version]);
      for (const port of fixedPorts(node, drawn.params))
        assert.ok(readme.includes(`\`${port}\``), `README.md does not name the port ${port}`);
    });

    it('gives every field of its form a label and a sentence, and is described with ports and a schema', () => {
      const { schema, ports } = describeNodeType(node);
      assert.ok(schema !== null && typeof schema === 'object' && Array.isArray(ports));
      const unnamed = unnamedFields(node.params.describe(), node.type);
      if (unnamed.length > 0) assert.fail(`without label or description: ${unnamed.join(', ')}`);
    });

    it('refuses params that it does not know, and keeps x- ones', () => {
      const params = cases[0]?.params as object;
      assert.ok(node.params.validate({ ...params, colour: 1 }).error, 'a param that nobody knows is taken');
      assert.equal(node.params.validate({ ...params, 'x-note': 1 }).error, undefined);
    });
  });
}

/** Returns the names of the ports that the author of a flow does not name. */
function fixedPorts(node: AnyNodeType, drawn: Json): readonly string[] {
  return portsOf(node.ports, validParams(node, drawn)).flatMap(({ name, pointer }) => (pointer === undefined ? [name] : []));
}
