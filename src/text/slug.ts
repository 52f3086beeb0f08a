import { foldWords } from './fold.js';

/** Returns a text as a code or the name of a port: small letters, digits and hyphens. Empty if nothing is left of it. */
export function slugOf(text: string): string {
  const words = foldWords(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  return words.slice(0, 64).replace(/-$/, '');
}
