import type { Problem } from '../../contract/index.js';

/** The place of a problem. */
export type At = { readonly pointer: string; readonly node?: string };

export function error(problem: Omit<Problem, 'severity'>): Problem {
  return { ...problem, severity: 'error' };
}

export function warning(problem: Omit<Problem, 'severity'>): Problem {
  return { ...problem, severity: 'warning' };
}
