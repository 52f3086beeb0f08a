import { choicesIn } from '../contract/index.js';
import type { Standing } from '../play/changes.js';
import type { PlayedEffect, PlayTurn } from '../play/scene.js';
import { screenLines } from './screen-lines.js';

/** Writes a turn: what the person gets, then why, the path, and what the runs wait for. */
export function showTurn({ decision, effects, path, warnings, standing }: PlayTurn): string {
  const asides = [
    `${decision.kind}: ${decision.reason}`,
    // Triggers are tried for an answer as well, but they do not matter then.
    ...(decision.kind === 'answered' ? [] : decision.tried).filter(({ matched }) => !matched).map(({ flow, why }) => `not ${flow}: ${why}`),
    ...(path.length === 0
      ? []
      : [`path ${path.map(({ flow, node, port }) => `${flow}#${node}${port === undefined ? '' : `.${port}`}`).join(' ')}`]),
    ...effects.flatMap(asideOf),
    ...warnings.map(({ code, detail, node }) => `warning ${code}${node === undefined ? '' : ` (${node})`}: ${detail}`),
    ...standing.map(shownStanding),
  ];
  return [...sent(effects), ...asides.map((one) => `  · ${one}`)].map((line) => `${line}\n`).join('');
}

/** Writes the messages of a turn. What can be tapped on them is numbered through. */
function sent(effects: readonly PlayedEffect[]): readonly string[] {
  let next = 1;
  return effects.filter(isShown).flatMap(({ shows, refused, on }) => {
    const lines = shows.flatMap((shown) => {
      const written = screenLines(shown, next);
      next += choicesIn(shown).length;
      return written;
    });
    return refused ? [...lines, `  ✗ ${on ?? 'the provider'} refuses this: ${refused.code} ${refused.message}`] : lines;
  });
}

/** Returns whether a message reaches the phone now. */
export function isShown({ skipped, parked, shows }: PlayedEffect): boolean {
  return shows.length > 0 && !skipped && !parked;
}

function asideOf({ call, typing, skipped, parked, node }: PlayedEffect): readonly string[] {
  if (call) return [`calls ${call.service} ${JSON.stringify(call.input)}; use /answer, /fail or /call`];
  if (typing) return ['shows "typing…"'];
  if (skipped) return [`not sent${node === undefined ? '' : ` (${node})`}: ${skipped.reason}`];
  return parked ? ['held back until the person writes or subscribes'] : [];
}

function shownStanding({ flow, node, waitingFor, until }: Standing): string {
  return `waits for ${waitingFor}${until === undefined ? '' : ` until ${until}`} at ${flow}#${node}`;
}
