import type { Role } from '../contract/index.js';

/** Who may call what, the first line that fits; an admin may call everything. Paths are those behind `/api`. */
const RULES: readonly { readonly methods?: readonly string[]; readonly path: RegExp; readonly roles: readonly Role[] }[] = [
  { methods: ['POST'], path: /^\/flows\/([^/]+)\/trigger\/?$/i, roles: ['trigger'] },
  { path: /^\/(channels|keys|audit)(\/|$)/i, roles: [] },
  { methods: ['DELETE'], path: /^\/contacts\//i, roles: [] },
  { path: /^\/flows\/[^/]+\/draft\/?$/i, roles: ['editor'] },
  { path: /^\/effects(\/|$)/i, roles: ['editor'] },
  { methods: ['GET', 'HEAD'], path: /^/, roles: ['viewer', 'editor'] },
  { path: /^/, roles: ['editor'] },
];

/** The roles that a call takes beside the admin's, and the flow that it would start. */
export function neededRole(method: string, path: string): { readonly roles: readonly Role[]; readonly flow?: string } {
  for (const rule of RULES) {
    const found = rule.path.exec(path);
    if (!found || (rule.methods && !rule.methods.includes(method))) continue;
    return { roles: rule.roles, ...(rule.roles.includes('trigger') ? { flow: found[1] ?? '' } : {}) };
  }
  return { roles: [] };
}
