import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { isDeeper, MAX_LEVELS } from '../../src/contract/json/levels.js';
import type { SetClock } from './clock.js';
import { type CodeFailure, type CodeResult, type CodeRun, GIVEN } from './code-run.js';
import { PRELUDE } from './prelude.js';

/** Runs code in QuickJS, compiled to WebAssembly: an engine of its own, with nothing in it that reaches outside. */
export interface Sandbox {
  /** False if another one should take its place: it needs much memory, or has failed. */
  readonly isFit: boolean;
  /** `begun` is called when all is ready and the code begins: from then on its time counts. */
  run(run: CodeRun, begun?: () => void): CodeResult;
}

const PAGE = 65_536;
/** Memory of the engine, in pages: at the beginning, and at most. */
const PAGES = { initial: 256, maximum: 640 };
/** For the objects of one run, in bytes. */
const MAX_MEMORY = 16_000_000;
const MAX_STACK = 256_000;
/** Of the JSON of a result, in characters: what a variable may hold. */
const MAX_RESULT = 64_000;
/** How long the words of an error may take, in milliseconds: reading them may run code. */
const LAST_WORDS = 20;
/** The first line of the function around the code. */
const LINES_BEFORE = 1;

export async function openSandbox(setClock: SetClock): Promise<Sandbox> {
  const wasmMemory = new WebAssembly.Memory(PAGES);
  const engine = await newQuickJSWASMModuleFromVariant(newVariant(variant, { emscriptenModule: { wasmMemory } }));
  let isBroken = false;
  return {
    get isFit() {
      return !isBroken && wasmMemory.buffer.byteLength === PAGES.initial * PAGE;
    },
    run(run, begun = () => {}) {
      setClock(run.now);
      const results: CodeResult[] = [];
      try {
        runIn(engine, { run, begun, done: (result) => void results.push(result) });
      } catch {
        isBroken = true;
      }
      return results[0] ?? { failed: 'code/engine', reason: 'the engine that runs code has crashed' };
    },
  };
}

/** A run, with what is called when its code begins and has ended. */
interface Order {
  readonly run: CodeRun;
  readonly begun: () => void;
  readonly done: (result: CodeResult) => void;
}

/** A run of code under way. */
interface Stage extends Order {
  readonly context: QuickJSContext;
  readonly limit: { end: number; isOver: boolean };
}

/** Runs code in a new context. @throws If the engine itself fails, perhaps after the code has ended; it cannot be used after that. */
function runIn(engine: QuickJSWASMModule, order: Order): void {
  const runtime = engine.newRuntime({ memoryLimitBytes: MAX_MEMORY, maxStackSizeBytes: MAX_STACK });
  const limit = { end: Number.POSITIVE_INFINITY, isOver: false };
  runtime.setInterruptHandler(() => {
    limit.isOver ||= performance.now() > limit.end;
    return limit.isOver;
  });
  const context = runtime.newContext();
  order.done(play({ context, limit, ...order }));
  context.dispose();
  runtime.dispose();
}

/** The prelude, the code, the promise that it may have returned, and what is kept of the result, in this order. */
function play(stage: Stage): CodeResult {
  const { context, run } = stage;
  const prelude = context.unwrapResult(context.evalCode(PRELUDE, 'prelude'));
  const args = [context.newString(run.given), context.newNumber(run.seed), context.newNumber(MAX_RESULT)];
  const tools = context.callFunction(prelude, context.undefined, ...args);
  for (const one of [prelude, ...args]) one.dispose();
  if (tools.error) {
    tools.error.dispose();
    return MEMORY;
  }
  const { value } = tools;
  try {
    return playWith(stage, value);
  } finally {
    value.dispose();
  }
}

function playWith(stage: Stage, tools: QuickJSHandle): CodeResult {
  const { context, run, limit } = stage;
  limit.end = performance.now() + run.timeoutMillis;
  stage.begun();
  const source = `(function (${GIVEN.join(', ')}) {\n${run.code}\n})`;
  const compiled = context.evalCode(source, 'code');
  if (compiled.error) return failureOf(stage, tools, compiled.error);
  const given = context.getProp(tools, 'given');
  const args = [...['vars', 'contact', 'lastMessage'].map((name) => context.getProp(given, name)), context.newString(run.now)];
  const returned = context.callFunction(compiled.value, context.undefined, ...args);
  for (const one of [compiled.value, given, ...args]) one.dispose();
  if (returned.error) return failureOf(stage, tools, returned.error);
  return settled(stage, tools, returned.value);
}

/** Waits for a promise: there is nothing outside that it could wait for, so it is settled when all of its steps are done. */
function settled(stage: Stage, tools: QuickJSHandle, returned: QuickJSHandle): CodeResult {
  const { context, limit } = stage;
  const { runtime } = context;
  while (runtime.hasPendingJob() && !limit.isOver) {
    const done = runtime.executePendingJobs(1_000);
    limit.isOver ||= performance.now() > limit.end;
    if (done.error) {
      done.error.dispose();
      break;
    }
  }
  const state = context.getPromiseState(returned);
  if (limit.isOver || state.type === 'pending') {
    returned.dispose();
    return limit.isOver ? late(stage) : { failed: 'code/error', reason: 'the promise that the code returned is never settled' };
  }
  if (state.type === 'rejected') {
    returned.dispose();
    return failureOf(stage, tools, state.error);
  }
  if (!state.notAPromise) returned.dispose();
  return kept(stage, tools, state.value);
}

/** Returns JSON of the members of a result that are kept. */
function kept(stage: Stage, tools: QuickJSHandle, result: QuickJSHandle): CodeResult {
  const { context, run } = stage;
  const keep = context.getProp(tools, 'keep');
  const names = context.newString(JSON.stringify(run.save));
  const made = context.callFunction(keep, context.undefined, result, names);
  for (const one of [keep, names, result]) one.dispose();
  if (made.error) return failureOf(stage, tools, made.error);
  const json = context.getString(made.value);
  made.value.dispose();
  if (!json.startsWith('{')) return badResult(`the code returned ${json}${json.startsWith('more') ? '' : ', and must return an object'}`);
  if (json.includes('"__proto__":')) return badResult('the result has a member __proto__');
  if (isDeeper(JSON.parse(json))) return badResult(`the result is nested more than ${MAX_LEVELS} levels deep`);
  return { json };
}

function badResult(reason: string): CodeFailure {
  return { failed: 'code/bad-result', reason };
}

const MEMORY: CodeFailure = { failed: 'code/memory', reason: 'the code used too much memory' };

function late({ run }: Stage): CodeFailure {
  return { failed: 'code/timeout', reason: `the code took longer than ${run.timeoutMillis} ms` };
}

/** Returns what was thrown in words, with the line of the code. */
function failureOf(stage: Stage, tools: QuickJSHandle, error: QuickJSHandle): CodeFailure {
  const { context, limit } = stage;
  if (limit.isOver) {
    error.dispose();
    return late(stage);
  }
  limit.end = performance.now() + LAST_WORDS;
  const describe = context.getProp(tools, 'describe');
  const said = context.callFunction(describe, context.undefined, error);
  for (const one of [describe, error]) one.dispose();
  if (said.error) {
    said.error.dispose();
    return limit.isOver ? { failed: 'code/error', reason: 'the code threw something that cannot be shown' } : MEMORY;
  }
  const [line = '', ...rest] = context.getString(said.value).split('|');
  said.value.dispose();
  const words = rest.join('|');
  if (words === 'InternalError: out of memory') return MEMORY;
  return { failed: 'code/error', reason: `${line === '' ? '' : `line ${Number(line) - LINES_BEFORE}: `}${words}` };
}
