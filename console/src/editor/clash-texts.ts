/** Members of nodes that say nothing about what a person has changed. */
const LEFT_OUT: readonly string[] = ['id', 'type', 'version', 'position'];

/** Returns what stands in a node or a member of a flow, a line for each value with the path to it: `message › text: Hello`. */
export function textsOf(value: unknown, path: readonly string[] = []): readonly string[] {
  if (value === null || typeof value !== 'object') return value === undefined ? [] : [lineOf(value, path)];
  return Object.entries(value).flatMap(([name, member]) => {
    if (path.length === 0 && LEFT_OUT.includes(name)) return [];
    return textsOf(member, name === 'params' && path.length === 0 ? path : [...path, Array.isArray(value) ? `${Number(name) + 1}` : name]);
  });
}

function lineOf(value: unknown, path: readonly string[]): string {
  return path.length === 0 ? String(value) : `${path.join(' › ')}: ${String(value)}`;
}
