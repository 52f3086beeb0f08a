import { isFaultless, type Totals } from './count.js';
import type { Disturbance } from './disturber.js';
import type { HostBook } from './hosts.js';
import type { Moment } from './killer.js';
import type { Options } from './options.js';

/** The results of a run. */
export interface Outcome {
  readonly options: Options;
  readonly totals: Totals;
  /** The number of people of the burst whose start was accepted. */
  readonly started: number;
  /** How many people an operator was told of. */
  readonly handedOver: number;
  /** Answers of operators that hosts refused. */
  readonly refused: readonly string[];
  readonly modelCalls: number;
  /** Sends that were still on their way when time was up. */
  readonly waiting: number;
  readonly moments: ReadonlyMap<Moment, number>;
  readonly disturbances: ReadonlyMap<Disturbance, number>;
  readonly faults: ReadonlyMap<string, number>;
  readonly book: HostBook;
  readonly seconds: { readonly killing: number; readonly all: number };
}

const MAX_LISTED = 10;

/** Returns true if hosts were killed as often as requested, people were merged and handed over, everybody of the burst was started, and there were no faults. */
export function hasPassed({ options, totals, started, handedOver, refused, waiting, moments, book }: Outcome): boolean {
  const isDone = sum(moments) === options.kills && started === options.burst && waiting === 0;
  const isServed = handedOver > 0 && refused.length === 0;
  return isFaultless(totals) && totals.merges > 0 && isServed && isDone && book.ownEnds.length === 0;
}

/** Formats the results as a short table, with the first faults. */
export function report({
  options,
  totals,
  started,
  handedOver,
  refused,
  modelCalls,
  waiting,
  moments,
  disturbances,
  faults,
  book,
  seconds,
}: Outcome): string {
  const store = options.mongodbUrl === undefined ? 'the embedded store' : 'MongoDB';
  const { repeats } = totals;
  const rows: readonly (readonly [string, number | string, string?])[] = [
    ['kills', sum(moments), listed(moments)],
    ['disturbances', sum(disturbances), listed(disturbances)],
    ['provider faults', sum(faults), listed(faults)],
    ['messages accepted', totals.accepted, `${Math.round(totals.accepted / seconds.killing)} a second while hosts were killed`],
    ['… of them starts of a burst', started],
    ['people merged', totals.merges],
    ['people handed over', handedOver],
    ['calls of the model', modelCalls],
    ['messages lost', totals.lost.length],
    ['turns doubled', totals.doubled.length],
    ['order broken', totals.disordered.length],
    ['sends taken', totals.sends],
    ['sends repeated', sum(new Map(Object.entries(repeats))), listed(new Map(Object.entries(repeats)))],
    ['… without a reason', totals.unexplained.length],
    ['sends shown as failed', totals.givenUp],
    ['sends still on their way', waiting],
    ['hosts ended by themselves', book.ownEnds.length],
    ['log lines', sum(book.lines), listed(book.lines)],
    ['seconds', seconds.all.toFixed(0), `${seconds.killing.toFixed(0)} of them killing`],
  ];
  const title = `chaos: ${options.hosts} host${options.hosts > 1 ? 's' : ''} on ${store}, ${options.people} people, seed ${options.seed}`;
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value, more]) => `${name.padEnd(width)}  ${String(value).padStart(7)}${more ? `  ${more}` : ''}`);
  const faultsFound = [...totals.lost, ...totals.doubled, ...totals.disordered, ...totals.unexplained, ...refused].slice(0, MAX_LISTED);
  return `${[title, ...lines, ...faultsFound, ...book.ownEnds, ...book.errors].join('\n')}\n`;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, one) => all + one, 0);
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .filter(([, value]) => value > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}
