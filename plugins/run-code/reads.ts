/** What code can read of what it is given: names of variables, or all of them; the contact; the last message. */
export interface CodeReads {
  /** Undefined if code may read any variable. */
  readonly vars?: readonly string[];
  readonly contact: boolean;
  readonly lastMessage: boolean;
}

const MEMBER = /\bvars\s*\??\.\s*([A-Za-z_$][\w$]*)/g;
/** Ways to a variable without its name in the code. */
const HIDDEN = /\\u|\b(?:eval|Function|arguments|constructor)\b/;

/**
 * Returns what code can read, as its text shows: `vars.total` is one variable, any other use of `vars` may be all of them. So a call does not
 * carry, and the turn log does not keep, what the code has no use for.
 *
 * @example readsOf('return { n: vars.items.length }')   // { vars: ['items'], contact: false, lastMessage: false }
 */
export function readsOf(code: string): CodeReads {
  if (HIDDEN.test(code)) return { contact: true, lastMessage: true };
  const names = [...code.matchAll(MEMBER)].map(([, name = '']) => name);
  const uses = code.match(/\bvars\b/g)?.length ?? 0;
  return {
    ...(names.length === uses ? { vars: [...new Set(names)] } : {}),
    contact: /\bcontact\b/.test(code),
    lastMessage: /\blastMessage\b/.test(code),
  };
}
