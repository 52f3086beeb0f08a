import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import Joi from 'joi';
import { plugins } from '../../plugins/all.js';
import { definePlugin, type Json, type JsonObject, type NodeCase } from '../../src/contract/index.js';
import { checkFlow } from '../../src/flow/check.js';
import { isFormProblem } from '../../src/flow/form-problem.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { flowSchema } from '../../src/flow/schema/flow-schema.js';
import { closed } from '../../src/params/index.js';
import { examplesOf } from '../docs/examples-of.js';
import { aFlow } from '../support/builders.js';
import { mutated, placesIn } from '../support/mutate-json.js';

const nodeTypes = createNodeTypes(plugins);
const world = { nodeTypes, limits: () => [] };
const schema = flowSchema(nodeTypes);
const accepts = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: false }).compile(schema);

/** Every flow file of the repository, and one with each node type in it. */
const flows: readonly (readonly [file: string, flow: Json])[] = ['templates', 'test/flows']
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => `${folder}/${name}`),
  )
  .filter((file) => /^templates|\.flow\.json$/.test(file))
  .map((file) => [file, JSON.parse(readFileSync(file, 'utf8')) as Json] as const)
  .filter(([, flow]) => formOf(flow).length === 0);

/** One small flow for the params of each case of each node type. */
const cases: readonly (readonly [what: string, flow: Json])[] = (
  await Promise.all(
    plugins.map(async ({ node: { type } }) => {
      const { cases: rows } = (await import(`../../plugins/${type}/cases.js`)) as { readonly cases: readonly NodeCase[] };
      return rows.map(({ name, params }) => [`${type}: ${name}`, flowWith(type, params)] as const);
    }),
  )
).flat();

/** The examples of the language's reference. */
const examples = examplesOf(readFileSync('docs/flow-format.md', 'utf8')).map(
  ({ flow }) => [`example ${flow.code}`, flow as unknown as Json] as const,
);

function flowWith(type: string, params: Json): Json {
  return JSON.parse(JSON.stringify(aFlow('case', { nodes: [{ id: 'x', type, params: params as JsonObject }] }))) as Json;
}

function formOf(flow: Json): readonly string[] {
  return checkFlow(flow, world)
    .filter(isFormProblem)
    .map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('the JSON Schema of flow files', () => {
  it('takes every flow of the repository', () => {
    expect(flows.length).to.be.greaterThan(10);
    for (const [file, flow] of [...flows, ...cases, ...examples])
      expect(accepts(flow), `${file}: ${JSON.stringify(accepts.errors)}`).to.equal(true);
  });

  it('describes what several node types have once, so that a language model can read it whole', () => {
    expect(JSON.stringify(schema).length).to.be.lessThan(110_000);
    const chars = (part: Json | undefined) => JSON.stringify(part).length;
    const { $defs = {} } = schema as { readonly $defs?: JsonObject };
    expect(chars($defs['params of send-message@1'])).to.be.lessThan(5_000);
  });

  it('has the params of each version of a node type; a node without a version is of the newest', () => {
    const version = (number: number, name: string) =>
      definePlugin({
        node: {
          type: 'twice',
          version: number,
          title: 'Twice',
          sentence: 'Does what the test needs.',
          group: 'core' as const,
          params: closed({ [name]: Joi.string().required() }),
          ports: [{ name: 'next' }],
          enter: () => ({ then: { exit: 'next' } }),
        },
      });
    const both = createNodeTypes([...plugins, version(1, 'old'), version(2, 'new')]);
    const takes = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(flowSchema(both));
    const flow = (params: object, more: object = {}) => {
      const { nodes, ...rest } = JSON.parse(JSON.stringify(flowWith('twice', params as Json))) as { nodes: { type: string }[] };
      return {
        ...rest,
        nodes: nodes.map(({ version: _, ...one }: Record<string, unknown>) => (one['type'] === 'twice' ? { ...one, ...more } : one)),
      };
    };
    for (const [params, more, isValid] of [
      [{ old: 'x' }, { version: 1 }, true],
      [{ new: 'x' }, { version: 1 }, false],
      [{ new: 'x' }, { version: 2 }, true],
      [{ old: 'x' }, { version: 2 }, false],
      [{ new: 'x' }, {}, true],
      [{ old: 'x' }, {}, false],
      [{ new: 'x' }, { version: 3 }, false],
    ] as const)
      expect(takes(flow(params, more)), JSON.stringify([params, more, takes.errors])).to.equal(isValid);
  });

  it('refuses what the check refuses for its form, and nothing else, in ten thousand mutations', () => {
    let refused = 0;
    const all = [...flows, ...cases, ...examples].map(([file, flow]) => ({ file, flow, places: placesIn(flow) }));
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(), fc.nat(), ({ file, flow, places }, where, how) => {
        const place = places[where % places.length] ?? [];
        const broken = mutated(flow, place, how);
        const form = formOf(broken);
        if (form.length > 0) refused += 1;
        if (accepts(broken) === (form.length === 0)) return;
        const errors = JSON.stringify(accepts.errors);
        throw new Error(`${file}, ${place.join('/')}: ${JSON.stringify(at(broken, place))}, ${form.join(', ')}, ${errors}`);
      }),
      { numRuns: 10_000, seed: 11 },
    );
    expect(refused).to.be.greaterThan(3_000);
  }).timeout(120_000);
});

function at(flow: Json, place: readonly (string | number)[]): Json | undefined {
  return place.reduce<Json | undefined>((value, key) => (value as JsonObject | undefined)?.[key], flow);
}
