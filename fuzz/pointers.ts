import type { Json, Problem } from '../src/contract/index.js';

/** What is wrong with how a refusal is told; nothing where every problem has a place in the body, words and a hint. */
export function badlyTold(problems: readonly Partial<Problem>[], body: Json | undefined): string | undefined {
  for (const problem of problems) {
    const { pointer, code, message, hint } = problem;
    const told = JSON.stringify(problem).slice(0, 400);
    if (!code || !/^[a-z]+\/[a-z-]+$/.test(code)) return `no code: ${told}`;
    if (!message || !hint) return `no words: ${told}`;
    if (pointer === undefined || (pointer !== '' && !pointer.startsWith('/'))) return `no pointer: ${told}`;
    if (body !== undefined && !leadsSomewhere(pointer, body)) return `the pointer leads nowhere: ${told}`;
  }
  return undefined;
}

/** It points at something, or at a member that is missing in something. https://www.rfc-editor.org/rfc/rfc6901 */
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
