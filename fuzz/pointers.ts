import type { Json, Problem } from '../src/contract/index.js';

/** Returns what is missing in the problems of a refusal; undefined if each has a place in the body, a message and a hint. */
export function flawIn(problems: readonly Partial<Problem>[], body: Json | undefined): string | undefined {
  for (const problem of problems) {
    const { pointer, code, message, hint } = problem;
    const shown = JSON.stringify(problem).slice(0, 400);
    if (!code || !/^[a-z]+\/[a-z-]+$/.test(code)) return `no code: ${shown}`;
    if (!message || !hint) return `no words: ${shown}`;
    if (pointer === undefined || (pointer !== '' && !pointer.startsWith('/'))) return `no pointer: ${shown}`;
    if (body !== undefined && !leadsSomewhere(pointer, body)) return `the pointer leads nowhere: ${shown}`;
  }
  return undefined;
}

/** Returns true if a pointer leads to a value, or to a missing member of a value. https://www.rfc-editor.org/rfc/rfc6901 */
function leadsSomewhere(pointer: string, body: Json): boolean {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop();
  let at: Json | undefined = body ?? {};
  for (const name of names) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return false;
    at = (at as Readonly<Record<string, Json>>)[name];
  }
  return last === undefined || (at !== null && typeof at === 'object');
}
