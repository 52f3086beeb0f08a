/**
 * Reads the code of a group: lower-case letters, digits and hyphens, at most 64 characters. Capital letters become small ones.
 *
 * @returns undefined for everything else.
 * @example readGroupCode(' VIP ') // vip
 */
export function readGroupCode(text: string): string | undefined {
  const code = text.trim().toLowerCase();
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(code) ? code : undefined;
}
