import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNodeType, type Field, type Json, type NodeCase, type Plugin, portsOf } from '../contract/index.js';
import { partsOfPointer } from '../contract/json/json-pointer.js';
import { mistakesInPlugin } from '../extensions/judge-plugin.js';
import { formOf } from '../flow/form/form-of.js';
import { createNodeTypes } from '../flow/node-types.js';
import { upgraded } from '../flow/upgrade.js';
import { validParams } from './case-world.js';
import { playCase } from './play-case.js';
import { asJson, same } from './same.js';
import type { TestRunner } from './test-runner.js';
import { unnamedFields, untitledChoices } from './unnamed-fields.js';

/** What the suite of a plugin needs beside the plugin. */
export interface PluginUnderTest extends TestRunner {
  /** The rows of `cases.ts`. */
  readonly cases: readonly NodeCase[];
  /** The folder of its README.md, relative to the working directory. */
  readonly folder: string;
}

/**
 * Defines the tests that every plugin must pass: a host accepts it, its cases return what they say, and its page and its form explain it.
 *
 * @example pluginSuite(plugin, { cases, folder: '.', describe, it });
 */
export function pluginSuite(plugin: Plugin, { cases, folder, describe, it }: PluginUnderTest): void {
  const { node } = plugin;
  describe(`the node type ${node.type}`, () => {
    it('is accepted by a host', () => {
      assert.deepEqual(mistakesInPlugin(plugin), []);
    });

    it('returns what its table says in each case', () => {
      assert.notEqual(cases.length, 0, 'the table has no cases');
      for (const one of cases) {
        const { outcome, warnings } = playCase(versionOf(plugin, one), one);
        same(asJson(outcome), asJson(one.expect), one.name);
        same(warnings, one.warnings ?? [], `${one.name}: warnings`);
      }
    });

    it('leaves by its own ports only, and `sets` names every variable that it sets', () => {
      for (const { name, params, expect, version } of cases) {
        const type = versionOf(plugin, { version });
        const valid = validParams(type, params);
        const ports = portsOf(type.ports, valid).map((port) => port.name);
        if ('exit' in expect.then) assert.ok(ports.includes(expect.then.exit), `${name}: it has no port ${expect.then.exit}`);
        const unnamed = Object.keys(expect.set ?? {}).filter((one) => !(type.sets?.(valid) ?? []).includes(one));
        if (unnamed.length > 0) assert.fail(`${name}: "sets" does not name ${unnamed.join(', ')}`);
      }
    });

    it('leaves by every port in some case', () => {
      const reached = new Set(cases.flatMap(({ expect: { then } }) => ('exit' in then ? [then.exit] : 'fail' in then ? ['failed'] : [])));
      const wanted = new Set(cases.flatMap((one) => fixedPorts(versionOf(plugin, one), one.params)));
      const missed = [...wanted].filter((port) => !reached.has(port));
      if (missed.length > 0) assert.fail(`no case leaves by ${missed.join(', ')}`);
    });

    it('upgrades the params of earlier versions to valid ones', () => {
      for (const { name, params, version = node.version } of cases) {
        const { params: now } = upgraded(node.type, { version, params }, createNodeTypes([plugin])) ?? {};
        assert.equal(node.params.validate(now).error?.message, undefined, name);
      }
    });

    it('has a README with a valid example and every port', () => {
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
      assert.notEqual(example, '', 'README.md has no example in JSON');
      const drawn = JSON.parse(example) as { readonly type: string; readonly version: number; readonly params: Json };
      assert.deepEqual([drawn.type, drawn.version], [node.type, node.version]);
      for (const port of fixedPorts(node, drawn.params))
        assert.ok(readme.includes(`\`${port}\``), `README.md does not mention the port ${port}`);
    });

    it('has a label and a description for every field of its form', () => {
      const unnamed = unnamedFields(node.params.describe(), node.type);
      if (unnamed.length > 0) assert.fail(`without label or description: ${unnamed.join(', ')}`);
      const untitled = untitledChoices(node.params.describe(), node.type);
      if (untitled.length > 0) assert.fail(`values without a title: ${untitled.join(', ')}; use choice()`);
    });

    it('has words for the canvas: a title for every port but `next`, fields for its card, a new node without mistakes', () => {
      const untitled = node.ports.flatMap((port) => ('each' in port || port.name === 'next' || port.title ? [] : [port.name]));
      if (untitled.length > 0) assert.fail(`ports without a title: ${untitled.join(', ')}`);
      const missing = (node.summary ?? []).filter((pointer) => !hasField(formOf(node.params), partsOfPointer(pointer)));
      if (missing.length > 0) assert.fail(`"summary" points at no field: ${missing.join(', ')}`);
      const mistakes = mistakesIn(node);
      if (mistakes.length > 0) assert.fail(`"blank" is wrong: ${mistakes.join(', ')}`);
    });

    it('refuses unknown params, and accepts those that begin with x-', () => {
      const params = cases[0]?.params as object;
      assert.ok(node.params.validate({ ...params, colour: 1 }).error, 'an unknown param is accepted');
      assert.equal(node.params.validate({ ...params, 'x-note': 1 }).error, undefined);
    });
  });
}

/** Returns the version of the node type that a case is about. */
function versionOf({ node, earlier = [] }: Plugin, { version = node.version }: { readonly version?: number | undefined }): AnyNodeType {
  const found = [node, ...earlier].find((one) => one.version === version);
  assert.ok(found, `there is no version ${version}`);
  return found;
}

/** Returns the mistakes in the params of a new node. Only what the author has to fill in may be missing or empty. */
function mistakesIn({ params, blank = {} }: AnyNodeType): readonly string[] {
  const { error } = params.validate(blank, { abortEarly: false });
  return (error?.details ?? []).flatMap(({ type, message }) => (UNFILLED.includes(type) ? [] : [message]));
}

/** Joi's names for what is not filled in. */
const UNFILLED: readonly string[] = ['any.required', 'string.empty', 'object.missing'];

/** Returns whether a form has a field there; a member of a list counts by any index. */
function hasField(field: Field, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return true;
  const { fields = [], variants, item, anyOf = [] } = field;
  const named = [...fields, ...(variants?.cases ?? []).flatMap((one) => one.fields)].filter(({ name }) => name === part);
  return (
    named.some((one) => hasField(one.field, rest)) ||
    (item !== undefined && hasField(item, rest)) ||
    anyOf.some((one) => hasField(one, [part, ...rest]))
  );
}

/** Returns the names of the ports that the author of a flow does not name. */
function fixedPorts(node: AnyNodeType, drawn: Json): readonly string[] {
  return portsOf(node.ports, validParams(node, drawn)).flatMap(({ name, pointer }) => (pointer === undefined ? [name] : []));
}
