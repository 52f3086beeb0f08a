import type { Decision } from '../contract/host/index.js';
import { type Choice, type Choices, type OutboundMessage, readableText, type SessionState } from '../contract/index.js';

/** Writes a turn: what the person gets, then why, the path, and what the runs wait for. */
export function showTurn({ decision, effects, path, warnings }: Decision, { runs }: SessionState): string {
  const sends = effects.flatMap(({ body, skipped }) =>
    body.kind === 'send' && !skipped ? [...(body.before ?? []), body.message].flatMap(toldMessage) : [],
  );
  const calls = effects.flatMap(({ body }) =>
    body.kind === 'call' ? [`calls ${body.service} ${JSON.stringify(body.input)}; use /answer or /fail`] : [],
  );
  const typing = effects.flatMap(({ body, skipped }) =>
    body.kind === 'typing' ? [skipped ? `no "typing…": ${skipped.reason}` : 'shows "typing…"'] : [],
  );
  const steps = path.map(({ flow, node, port }) => `${flow}#${node}${port === undefined ? '' : `.${port}`}`);
  const aside = [
    `${decision.kind}: ${decision.reason}`,
    // Triggers are tried for an answer as well, but they do not matter then.
    ...(decision.kind === 'answered' ? [] : decision.tried).filter(({ matched }) => !matched).map(({ flow, why }) => `not ${flow}: ${why}`),
    ...(steps.length === 0 ? [] : [`path ${steps.join(' ')}`]),
    ...typing,
    ...calls,
    ...(effects.some(({ parked }) => parked) ? ['held back until the person writes or subscribes'] : []),
    ...warnings.map(({ code, detail, node }) => `warning ${code}${node === undefined ? '' : ` (${node})`}: ${detail}`),
    ...runs.map(standing),
  ];
  return [...sends, ...aside.map((one) => `  · ${one}`)].map((line) => `${line}\n`).join('');
}

/** Returns the choices of the last message that was sent, by this turn or before. */
export function choicesIn({ effects }: Decision, before: readonly Choice[]): readonly Choice[] {
  const sent = effects.flatMap(({ body, skipped }) => (body.kind === 'send' && !skipped ? [body.message] : [])).at(-1);
  if (!sent) return before;
  return 'choices' in sent ? (sent.choices ?? []) : [];
}

function toldMessage(message: OutboundMessage): readonly string[] {
  const text = readableText(message);
  const media = 'url' in message && message.url !== undefined && message.type !== 'link' ? ` ${message.url}` : '';
  const about: Choices = 'choices' in message ? message : {};
  return [
    ...(message.type === 'text' ? [] : [`[${message.type}]${media}`]),
    ...(about.header === undefined ? [] : [about.header]),
    ...(text === '' ? [] : [text]),
    ...(message.type === 'link' ? [`  ${message.button}: ${message.url}`] : []),
    ...(about.choices ?? []).map(
      ({ title, description }, i) => `  ${i + 1}. ${title}${description === undefined ? '' : ` - ${description}`}`,
    ),
    ...(about.footer === undefined ? [] : [about.footer]),
  ];
}

function standing({ place, stack }: SessionState['runs'][number]): string {
  const frame = stack.at(-1);
  if (frame?.kind !== 'flow') return `${place}: is in a dialog`;
  const { wait, flow, nodeId } = frame;
  const until = wait?.until === undefined ? '' : ` until ${wait.until}`;
  const beside = place === 'foreground' ? '' : ` (${place})`;
  return wait ? `waits for ${wait.for}${until} at ${flow}#${nodeId}${beside}` : `stands at ${flow}#${nodeId}${beside}`;
}
