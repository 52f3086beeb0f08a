import type { JsonObject } from '../../src/contract/index.js';

/** Returns an interactive message: a text with something to tap. */
export function interactive(content: JsonObject): JsonObject {
  return { type: 'interactive', interactive: content };
}

/** Returns the members that have a text: Meta refuses empty ones. */
export function nonEmpty(members: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''));
}
