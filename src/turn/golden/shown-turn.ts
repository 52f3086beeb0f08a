import type { Decision, OutboundMessage, SessionState } from '../../contract/index.js';

/** What a reader of a golden file wants to see of a turn. */
export function shownTurn({ decision, effects, path, warnings }: Decision, { runs, held }: SessionState): object {
  return {
    decision: `${decision.kind}: ${decision.reason}`,
    sends: effects.flatMap(({ body, skipped }) =>
      body.kind === 'call'
        ? [`call ${body.service}`]
        : skipped
          ? [`skipped (${skipped.code}): ${shown(body.message)}`]
          : [...(body.before ?? []), body.message].map(shown),
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

function shown(message: OutboundMessage): string {
  return message.type === 'text' ? message.text : message.type;
}
