import type { Problem } from '../contract/index.js';

/** Writes problems, one per line: where, what, and what to do about it. */
export function showProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ severity, pointer, code, node, message, hint }) => {
      const at = node === undefined ? '' : ` (${node})`;
      return `${severity === 'warning' ? 'warning' : 'error'} ${pointer || '/'} ${code}${at}: ${message}. ${hint}`;
    })
    .join('\n');
}
