import { isDeepStrictEqual } from 'node:util';
import type { Decision } from '../../../src/contract/host/index.js';
import type { CallBody, Effect, SendBody, SessionState } from '../../../src/contract/index.js';

/**
 * Shows a turn as a golden file holds it: the whole messages and calls, the path, and where each run stands, with the variables that the
 * turn has set. The file has one member per line, so that a diff shows the member that has changed.
 */
export function shownTurn(
  { decision, effects, path, warnings }: Decision,
  { before, after: { runs, held } }: { readonly before: SessionState; readonly after: SessionState },
): object {
  const typing = effects
    .filter(({ body }) => body.kind === 'typing')
    .map(({ body, skipped }) => ({ ...without(body, ['kind', 'lane']), ...(skipped ? { skipped } : {}) }));
  const [sends, calls] = [effects.filter(isSend).map(shownSend), effects.filter(isCall).map(({ body }) => without(body, ['kind']))];
  return {
    decision: `${decision.kind}: ${decision.reason}`,
    ...(sends.length > 0 ? { sends } : {}),
    ...(typing.length > 0 ? { typing } : {}),
    ...(calls.length > 0 ? { calls } : {}),
    ...(path.length > 0 ? { path: path.map(({ flow, node, port }) => `${flow}#${node}${port === undefined ? '' : `.${port}`}`) } : {}),
    ...(runs.length > 0
      ? {
          runs: runs.map((run) =>
            shownRun(
              run,
              before.runs.find(({ id }) => id === run.id),
            ),
          ),
        }
      : {}),
    ...(held.length > 0 ? { held: held.map(({ message }) => message.text) } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function isSend(effect: Effect): effect is Effect & { readonly body: SendBody } {
  return effect.body.kind === 'send';
}

function isCall(effect: Effect): effect is Effect & { readonly body: CallBody } {
  return effect.body.kind === 'call';
}

/** Shows a send with its recipient and its marks: parked, awaited, skipped. Ids and times are left out. */
function shownSend({ body, ...about }: Effect & { readonly body: SendBody }): object {
  const facts = without(about, ['id', 'number', 'at', 'run', 'flow', 'version', 'node']);
  return { ...without(body, ['kind', 'lane']), ...facts };
}

type Run = SessionState['runs'][number];
type Frame = Run['stack'][number];

function shownRun({ place, stack }: Run, before: Run | undefined): object {
  return { place, stack: stack.map((frame, depth) => shownFrame(frame, before?.stack[depth])) };
}

function shownFrame(frame: Frame, before: Frame | undefined): object {
  if (frame.kind === 'dialog') return { dialog: frame.dialog };
  const { flow, nodeId, vars, wait } = frame;
  const known = before?.kind === 'flow' && before.flow === flow ? before.vars : {};
  const set = Object.fromEntries(Object.entries(vars).filter(([name, value]) => !isDeepStrictEqual(value, known[name])));
  const unset = Object.keys(known).filter((name) => !(name in vars));
  return {
    at: `${flow}#${nodeId}`,
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(unset.length > 0 ? { unset } : {}),
    ...(wait ? { waits: without(wait, ['id', 'effectId', 'callId']) } : {}),
  };
}

function without(whole: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
}
