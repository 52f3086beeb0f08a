import type { Json, JsonPatch } from '../../contract/index.js';

/** A mend of a problem, and the hint that says the same. */
export interface Mend {
  readonly mend: JsonPatch;
  readonly hint: string;
}

/** The longest value that a hint shows whole. */
const MAX_SHOWN = 120;

/** Puts a value in the place of another one. */
export function replaced(path: string, value: Json): Mend {
  return { mend: [{ op: 'replace', path, value }], hint: `Write ${shown(value)}.` };
}

/** Gives a member another name. `path` is the place of the member. */
export function renamed(path: string, name: string): Mend {
  const to = `${path.slice(0, path.lastIndexOf('/'))}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { mend: [{ op: 'move', from: path, path: to }], hint: `Did you mean "${name}"?` };
}

/** Removes a member that need not be there. */
export function removed(path: string, hint: string): Mend {
  return { mend: [{ op: 'remove', path }], hint };
}

/** Adds a member that is missing. */
export function added(path: string, value: Json): Mend {
  return { mend: [{ op: 'add', path, value }], hint: `Add "${path.slice(path.lastIndexOf('/') + 1)}": ${shown(value)}.` };
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
