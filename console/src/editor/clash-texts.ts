/** A value in a node or a member of a flow: where it stands, and what it is. */
export interface ClashText {
  /** The names and numbers on the way to it. */
  readonly path: readonly string[];
  readonly text: string;
}

/** Members of nodes that say nothing about what a person has changed. */
const LEFT_OUT: readonly string[] = ['id', 'type', 'version', 'position'];

/** Returns the values in a node or a member of a flow that another editor's does not have in the same place. */
export function differentTexts(value: unknown, other: unknown): readonly ClashText[] {
  const others = new Set(textsIn(other, []).map(keyOf));
  return textsIn(value, []).filter((one) => !others.has(keyOf(one)));
}

function textsIn(value: unknown, path: readonly string[]): readonly ClashText[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object') return [{ path, text: String(value) }];
  return Object.entries(value).flatMap(([name, member]) =>
    path.length === 0 && LEFT_OUT.includes(name) ? [] : textsIn(member, [...path, name]),
  );
}

function keyOf({ path, text }: ClashText): string {
  return JSON.stringify([path, text]);
}
