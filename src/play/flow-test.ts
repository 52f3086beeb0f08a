import { isDeepStrictEqual } from 'node:util';
import Joi from 'joi';
import type { Json, Platform, Problem } from '../contract/index.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import type { Program } from '../flow/program.js';
import { createDescriptions } from '../flow/walk-schema.js';
import { closed } from '../params/fields.js';
import { type Outcome, outcomeOf } from './outcome.js';
import { type PlayRequest, type PlayResult, play } from './play.js';
import { secondsAt } from './play-clock.js';
import { PAGE, PLAY_MEMBERS, type PlayContact, type PlayStep, stepSchema } from './play-step.js';
import type { PlayAdapters } from './play-world.js';

/** A test of a flow, as a file holds it: a play, and what came out of each step. */
export interface FlowTest {
  /** What the test proves, in words. */
  readonly promise: string;
  /** The files of the flows, as paths from the test. The first one is tried, and the others are ONLINE beside it. */
  readonly flows: readonly string[];
  readonly on?: Platform;
  readonly contact?: PlayContact;
  readonly constants?: Readonly<Record<string, string>>;
  readonly variables?: PlayRequest['variables'];
  readonly from?: string;
  /** What `from` brings, before the first step. */
  readonly then?: Outcome;
  readonly steps: readonly TestStep[];
}

/** A step of a test. Without `then`, nothing is compared. */
export interface TestStep extends PlayStep {
  readonly then?: Outcome;
}

const list = Joi.array();
const vars = Joi.object().unknown(true);
const THEN = closed({
  shows: list,
  calls: list,
  standing: list,
  set: vars,
  contact: vars,
  warnings: list,
  decision: Joi.string(),
});

/** The schema of a test file. */
export const FLOW_TEST_SCHEMA = closed({
  $schema: Joi.string(),
  promise: Joi.string().max(500).required(),
  flows: Joi.array().items(Joi.string()).min(1).max(50).required(),
  ...PLAY_MEMBERS,
  constants: Joi.object().pattern(Joi.string(), Joi.string().allow('')),
  then: THEN,
  steps: Joi.array()
    .items(stepSchema({ then: THEN }))
    .min(1)
    .required(),
});

const description = createDescriptions();

/** Reads a test. Returns all problems of form at once, each with its pointer. */
export function readFlowTest(body: unknown): { readonly test: FlowTest } | { readonly problems: readonly Problem[] } {
  const { error } = validateAll(FLOW_TEST_SCHEMA, body);
  if (!error) return { test: body as FlowTest };
  return {
    problems: problemsOfJoi(error, { pointer: '', code: 'play', page: PAGE, schema: () => description(FLOW_TEST_SCHEMA), value: body }),
  };
}

/** What a test is played with. */
export interface TestWorld {
  /** The flows of the test, compiled, in its order. */
  readonly programs: readonly Program[];
  readonly adapters: PlayAdapters;
  /** Constants of the installation. Those of the test count first. */
  readonly constants?: Readonly<Record<string, string>>;
}

/** A step of a test that was played. `-1` is what `from` has brought. */
export interface PlayedStep {
  readonly index: number;
  readonly was?: Outcome;
  readonly is: Outcome;
}

/** A test that was played. It has passed if there are no problems, and nothing is different. */
export interface PlayedTest {
  readonly played: readonly PlayedStep[];
  readonly different: readonly PlayedStep[];
  readonly problems: readonly Problem[];
  readonly result: PlayResult;
}

/** Plays a test, and compares what comes out of each step with its `then`, whole. */
export function playTest(test: FlowTest, world: TestWorld): PlayedTest {
  return compare(test, world, play(requestOf(test, world)));
}

function requestOf(test: FlowTest, { programs, adapters, constants }: TestWorld): PlayRequest {
  const { on, contact, variables, from } = test;
  const steps = test.steps.map(({ then: _, ...step }) => step);
  return { flows: programs, adapters, on, contact, variables, from, steps, constants: { ...constants, ...test.constants } };
}

function compare(test: FlowTest, { programs }: TestWorld, result: PlayResult): PlayedTest {
  const played = outcomesOf(test, { flow: programs[0]?.code ?? '', result });
  const different = played.filter(({ was, is }) => was !== undefined && !isDeepStrictEqual(was, JSON.parse(JSON.stringify(is)) as Json));
  return { played, different, problems: result.problems, result };
}

/** Returns what came out of each step that was played, and of `from`. */
function outcomesOf(test: FlowTest, { flow, result }: { readonly flow: string; readonly result: PlayResult }): readonly PlayedStep[] {
  const platform = test.on ?? 'whatsapp';
  const stopped = result.problems.flatMap(({ pointer }) => /^\/steps\/(\d+)/.exec(pointer)?.[1] ?? []).map(Number);
  const end = Math.min(test.steps.length, ...stopped);
  const first = test.from === undefined ? 0 : -1;
  const played: PlayedStep[] = [];
  let [standing, began]: [PlayResult['standing'], number] = [[], 0];
  for (let index = first; index < end; index += 1) {
    const turns = result.turns.filter(({ step }) => step === index);
    standing = turns.at(-1)?.standing ?? standing;
    const was = (test.steps[index] ?? test).then;
    played.push({ index, is: outcomeOf(turns, { platform, flow, began, standing }), ...(was === undefined ? {} : { was }) });
    began = Math.max(began + (test.steps[index]?.pass ?? 0), ...turns.map(({ at }) => secondsAt(at)));
  }
  return played;
}

/** Returns the test with what has come out now in each step. */
export function updatedTest(test: FlowTest, played: readonly PlayedStep[]): FlowTest {
  const outcomes = new Map(played.map(({ index, is }) => [index, is]));
  const begun = outcomes.get(-1);
  const steps = test.steps.map((step, i) => ({ ...step, then: outcomes.get(i) ?? step.then ?? {} }));
  const { steps: _, then: __, ...about } = test;
  return { ...about, ...(begun ? { then: begun } : {}), steps };
}
