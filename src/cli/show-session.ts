import type { Body } from './api.js';

/** Writes a session: the person, where the runs stand, then turn by turn what came in, what was decided, and what went out. */
export function showSession({ id, status, updatedAt, handOver, person, runs, turns, messages }: Body): string {
  const who = [
    ['session', id],
    ['person', [person.name, ...person.identities].filter((one) => one !== undefined && one !== '').join(', ')],
    ['status', `${status}, since ${updatedAt}`],
    ...(handOver ? [['handed over', `${handOver.queue || 'to no queue'}, since ${handOver.since}: ${handOver.note}`]] : []),
    ...runs.flatMap((run: Body) => run.frames.map((frame: Body, i: number) => [i === 0 ? run.place : 'calls', standing(run, frame)])),
  ].map(([name = '', value]) => `${name.padEnd(12)}${value}\n`);
  return `${who.join('')}${turns.map((turn: Body) => `\n${showTurn(turn, messages)}`).join('')}`;
}

function standing(run: Body, { flow, version, node, waitingFor, until, variables, dialog }: Body): string {
  if (dialog !== undefined) return `dialog ${dialog} (run ${run.id})`;
  const waits = waitingFor === undefined ? '' : `, waits for ${waitingFor}${until === undefined ? '' : ` until ${until}`}`;
  return `${flow}@${version}#${node}${waits} (run ${run.id})\n${' '.repeat(12)}${JSON.stringify(variables)}`;
}

function showTurn({ turn, at, event, decision, path, effects, warnings, bug }: Body, messages: readonly Body[]): string {
  const own = messages.filter(({ place }) => Number.parseInt(place, 10) === turn);
  const calls = effects.filter(({ kind }: Body) => kind === 'call');
  const lines = [
    `turn ${turn}  ${at}  ${event.type}${tokensOf(event)}`,
    ...own.filter(({ direction }) => direction === 'in').map(({ channel, text, type }) => `  < ${channel}: ${text || `[${type}]`}`),
    `  ${decision.kind}: ${decision.reason}`,
    ...decision.tried.map(({ flow, matched, why }: Body) => `    ${matched ? 'match' : 'no match'}: ${flow}: ${why}`),
    ...(path.length === 0 ? [] : [`  path ${path.map(step).join(' ')}`]),
    ...own.filter(({ direction }) => direction === 'out').map(sent),
    ...calls.map(({ id, status }: Body) => `  call ${id}: ${status}`),
    ...warnings.map(({ code, detail, node }: Body) => `  warning ${code}${node === undefined ? '' : ` (${node})`}: ${detail}`),
    ...(bug === undefined ? [] : [`  an error in Parley: see ${bug} in the log`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns the tokens that a language model has read and written, and their cost. */
function tokensOf({ usage }: Body): string {
  if (usage === undefined) return '';
  const cost = usage.cost === undefined ? '' : `, cost ${usage.cost}`;
  return `  (${usage.input} tokens in, ${usage.output} out${cost})`;
}

function step({ flow, node, port }: Body): string {
  return `${flow}#${node}${port === undefined ? '' : `.${port}`}`;
}

function sent({ channel, text, type, status, error, skipped, waitingBecause }: Body): string {
  const why = error
    ? `: ${error.code} ${error.message}`
    : skipped
      ? `: ${skipped.reason}`
      : waitingBecause === undefined
        ? ''
        : `: ${waitingBecause}`;
  return `  > ${channel}: ${text || `[${type}]`} (${status}${why})`;
}
