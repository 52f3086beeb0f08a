import type { Problem } from '../../contract/index.js';
import type { HeldField } from '../held-fields.js';
import { replaced } from '../mends/mend.js';
import { isExpression } from '../mends/mend-text.js';
import { inBraces, lostBackslashes, withBackslashes } from '../mends/template-code.js';
import { type At, warning } from './finding.js';

/** Control characters that Liquid reads in place of a letter behind a backslash. */
const READ_AS: Readonly<Record<string, string>> = { b: 'a backspace', f: 'a form feed', v: 'a vertical tab' };

/**
 * Warns of backslashes in the quoted texts of a template or an expression that are lost: Liquid reads `\b` as a backspace, and `\d` as the
 * letter d. Escapes that are written on purpose, such as `\n` and `\"`, are not reported.
 */
export function lostBackslashesOf(field: HeldField, at: At): readonly Problem[] {
  if (!field.value.includes('\\')) return [];
  const change = (each: (code: string) => string) => (isExpression(field) ? each(field.value) : inBraces(field.value, each));
  const lost: string[] = [];
  change((code) => {
    lost.push(...lostBackslashes(code));
    return code;
  });
  const [first] = lost;
  if (first === undefined) return [];
  const readAs = READ_AS[first] ?? (/[0-7]/.test(first) ? 'the number of a character' : `"${first}"`);
  return [
    warning({
      ...at,
      code: 'template/lost-backslash',
      message: `"\\${first}" is read as ${readAs}`,
      ...replaced(at.pointer, change(withBackslashes)),
      hint: `Write "\\\\${first}" for a backslash and "${first}".`,
    }),
  ];
}
