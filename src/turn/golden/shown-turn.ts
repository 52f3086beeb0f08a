import type { Decision, SessionState } from '../../contract/index.js';

/** What a reader of a golden file wants to see of a turn. */
export function shownTurn({ decision, effects, path, warnings }: Decision, { runs, held }: SessionState): object {
  return {
    decision: `${decision.kind}: ${decision.reason}`,
    sends: effects.map(({ body }) =>
      body.kind === 'send' ? (body.message.type === 'text' ? body.message.text : body.message.type) : `call ${body.service}`,
    ),
    path: path.map(({ flow, node, port }) => `${flow}#${node}${port === undefined ? '' : `.${port}`}`).join(' '),
    runs: runs.map(
      ({ place, stack }) =>
        `${place} ${stack.map((frame) => (frame.kind === 'flow' ? `${frame.flow}#${frame.nodeId} ${JSON.stringify(frame.vars)} waits for ${frame.wait?.for ?? 'nothing'} until ${frame.wait?.until ?? 'ever'}` : frame.dialog)).join(' > ')}`,
    ),
    ...(held.length > 0 ? { held: held.map(({ message }) => message.text) } : {}),
    ...(warnings.length > 0 ? { warnings: warnings.map(({ code }) => code) } : {}),
  };
}
