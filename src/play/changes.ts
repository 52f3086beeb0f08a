import { isDeepStrictEqual } from 'node:util';
import type { RunResult } from '../contract/host/index.js';
import { type Contact, type FlowCode, GIVEN_VARIABLES, type Json, type NodeId, type SessionState, type Vars } from '../contract/index.js';
import type { Program } from '../flow/program.js';

/** Where a run stands, and what it waits for: an event of a wait, `turn` for a run that is queued, or `dialog`. */
export interface Standing {
  readonly flow: FlowCode;
  readonly node: NodeId;
  readonly waitingFor: string;
  readonly until?: string;
}

/** Returns where everything stands, runs first, then a hand-over that no run waits for. */
export function standingIn({ runs, handOver }: SessionState): readonly Standing[] {
  const rows = runs.flatMap(({ place, aside, stack }): readonly Standing[] => {
    const frame = stack.findLast((one) => one.kind === 'flow');
    if (frame?.kind !== 'flow') return [];
    const { flow, nodeId: node, wait } = frame;
    if (place === 'queued' && aside === undefined) return [{ flow, node, waitingFor: 'turn' }];
    const isInDialog = stack.at(-1)?.kind === 'dialog';
    return [
      {
        flow,
        node,
        waitingFor: isInDialog ? 'dialog' : (wait?.for ?? 'turn'),
        ...(wait?.until === undefined ? {} : { until: wait.until }),
      },
    ];
  });
  if (!handOver || handOver.isAwaited) return rows;
  return [...rows, { flow: handOver.flow, node: handOver.node, waitingFor: 'operator' }];
}

/** Returns the variables of the flow that is running: of the run in the foreground, else of the first run. */
export function variablesIn({ runs }: SessionState): Vars {
  const run = runs.find(({ place }) => place === 'foreground') ?? runs[0];
  const frame = run?.stack.findLast((one) => one.kind === 'flow');
  return frame?.kind === 'flow' ? frame.vars : {};
}

/** A turn, for what it has changed. */
export interface Turned {
  readonly before: SessionState;
  readonly after: SessionState;
  readonly results: readonly RunResult[];
}

/** Returns the variables that a turn has changed, without those that flows are given. A new run begins with the defaults of its flow. */
export function variablesSet({ before, after, results }: Turned, tried: FlowCode, flows: readonly Program[]): Vars {
  const set: Record<string, Json> = {};
  const note = (flow: FlowCode, known: Vars, vars: Vars) => {
    for (const name of new Set([...Object.keys(known), ...Object.keys(vars)])) {
      const value = vars[name] ?? null;
      if (GIVEN.has(name) || isDeepStrictEqual(value, known[name] ?? null)) continue;
      set[flow === tried ? name : `${flow}#${name}`] = value;
    }
  };
  const defaultsOf = (flow: FlowCode) => flows.find(({ code }) => code === flow)?.defaults ?? {};
  const frameOf = (run: string, depth: number, flow: FlowCode): Vars => {
    const frame = before.runs.find(({ id }) => id === run)?.stack[depth];
    return frame?.kind === 'flow' && frame.flow === flow ? frame.vars : defaultsOf(flow);
  };
  for (const { id, stack } of after.runs)
    for (const [depth, frame] of stack.entries()) if (frame.kind === 'flow') note(frame.flow, frameOf(id, depth, frame.flow), frame.vars);
  for (const { run, flow, variables } of results) note(flow, frameOf(run, 0, flow), variables);
  return set;
}

const GIVEN: ReadonlySet<string> = new Set(GIVEN_VARIABLES.map(({ name }) => name));

/** Returns the members of a contact that a turn has changed: fields by name, groups by code, platforms of an opt-out as true. */
export function contactChanged(before: Contact, after: Contact): Vars {
  const [was, is] = [shownContact(before), shownContact(after)];
  const changed = Object.entries(is).filter(
    ([name, value]) => name !== 'fields' && !isDeepStrictEqual(value, was[name as keyof typeof was]),
  );
  const fields = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const changedFields = [...fields].filter((name) => !isDeepStrictEqual(before.fields[name], after.fields[name]));
  return {
    ...Object.fromEntries(changed),
    ...(changedFields.length === 0 ? {} : { fields: Object.fromEntries(changedFields.map((name) => [name, after.fields[name] ?? null])) }),
  };
}

function shownContact({ name, language, timeZone, identities, fields, groups, optOut }: Contact) {
  const platforms = Object.fromEntries(Object.keys(optOut).map((platform) => [platform, true]));
  const about = { name: name ?? null, language: language ?? null, timeZone: timeZone ?? null };
  return { ...about, identities, fields, groups: groups.map(({ group }) => group), optOut: platforms };
}
