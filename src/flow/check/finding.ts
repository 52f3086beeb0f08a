import type Joi from 'joi';
import type { ChannelLimits, FlowCode, FlowDefinition, FlowNode, NodeType, Platform, Problem } from '../../contract/index.js';
import type { NodeTypes } from '../program.js';

/** What the check must know of the installation. */
export interface CheckWorld {
  readonly nodeTypes: NodeTypes;
  /** Of the platform's channels; undefined where no adapter is there for it. */
  readonly limits: (platform: Platform) => ChannelLimits | undefined;
  /** Whether a secret is set. */
  readonly secrets?: (name: string) => boolean;
  /** Whether a flow is there and may be called; undefined: nobody can tell now. */
  readonly flows?: (code: FlowCode) => 'callable' | 'not-callable' | 'not-online' | undefined;
}

/** A node with its type and its params, as far as they are right. */
export interface KnownNode {
  readonly node: FlowNode;
  readonly index: number;
  // biome-ignore lint/suspicious/noExplicitAny: nodes of every params type; `params` is what this type's own schema let pass
  readonly type: NodeType<any>;
  /** Undefined where the schema refuses them. */
  readonly params: unknown;
  /** What the schema says of the params. */
  readonly error?: Joi.ValidationError;
  /** As far as they are right: only for guesses that may fail. */
  readonly loose: unknown;
}

/** A definition as the families of checks see it. */
export interface Checked {
  readonly definition: FlowDefinition;
  readonly world: CheckWorld;
  readonly known: readonly KnownNode[];
  readonly platforms: readonly Platform[];
  readonly effort: Effort;
}

/** What a check may cost: a file of 2 MB can hold texts that would take minutes to read. */
export interface Effort {
  /** False when there is nothing left for it. */
  spend(cost: number): boolean;
  /** The problem that the check ends here, told once. */
  giveUp(at: Pick<Problem, 'pointer' | 'node'>): readonly Problem[];
}

/** About so many microseconds. */
const MOST_EFFORT = 600_000;

export function newEffort(): Effort {
  let left = MOST_EFFORT;
  let isTold = false;
  return {
    spend(cost) {
      left -= cost;
      return left >= 0;
    },
    giveUp(at) {
      if (isTold) return [];
      isTold = true;
      const message = 'the templates, expressions, regular expressions and translations up to here are all that a flow may have';
      return [error({ ...at, code: 'flow/too-large', message, hint: 'Make several flows of it, or shorten its texts.' })];
    },
  };
}

export function error(problem: Omit<Problem, 'severity'>): Problem {
  return { ...problem, severity: 'error' };
}

export function warning(problem: Omit<Problem, 'severity'>): Problem {
  return { ...problem, severity: 'warning' };
}

/** Suggestions and names compared for one: who has more mistakes than that is not helped by more guesses, and each costs time. */
const MOST_SUGGESTIONS = 20;
const MOST_COMPARED = 500;
/** As long as ids and variables may be. */
const LONGEST_NAME = 64;

/** Finds names that are nearly one of these, the nearest first, at most three; gives up guessing after some, so that no flow is costly to check. */
export function nearestAmong(names: readonly string[]): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    if (known.size >= MOST_SUGGESTIONS || name.length > LONGEST_NAME) return [];
    const found = nearest(name, names);
    known.set(name, found);
    return found;
  };
}

function nearest(name: string, names: readonly string[]): readonly string[] {
  const limit = Math.max(2, name.length / 2);
  const scored = names
    .filter((other) => Math.abs(other.length - name.length) <= limit)
    .slice(0, MOST_COMPARED)
    .map((other) => ({ other, distance: distance(name, other) }))
    .filter((one) => one.distance <= limit);
  return scored
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
