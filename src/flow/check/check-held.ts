import type { Problem } from '../../contract/index.js';
import { expressionMistake, sealedMistake, secretsIn, templateMistake, variablesRead } from '../../template/read-template.js';
import type { HeldField } from '../held-fields.js';
import { REGEX_HINT, regexMistake } from './check-triggers.js';
import { type CheckWorld, error, warning } from './finding.js';

/** Where a problem is. */
export type At = { readonly pointer: string; readonly node?: string };

/** What is wrong with a text that means more than itself. */
export function mistakesOf({ holds, value }: HeldField, at: At, world: CheckWorld): readonly Problem[] {
  if (holds === 'regex') {
    const mistake = regexMistake(value);
    return mistake === undefined ? [] : [error({ ...at, code: 'flow/bad-regex', message: mistake, hint: REGEX_HINT })];
  }
  if (holds === 'expression' || holds === 'result') {
    const mistake = expressionMistake(value);
    if (mistake === undefined) return secretShown(`{{ ${value} }}`, at);
    const over = holds === 'result' ? 'over the result, such as body.order.total' : 'without braces, such as order.total';
    return [error({ ...at, code: 'template/bad-expression', message: mistake, hint: `Write an expression ${over}.` })];
  }
  if (holds === 'variable') return [];
  if (holds === 'sealed') return checkSealed(value, at, world);
  const mistake = templateMistake(value);
  if (mistake !== undefined)
    return [error({ ...at, code: 'template/syntax', message: mistake, hint: 'Look for a missing }} or an unknown filter.' })];
  return [...secretShown(value, at), ...(holds === 'flow' ? checkCalled(value, at, world) : [])];
}

/** A secret is put in where a request is made, and nowhere else. */
export function secretShown(template: string, at: At): readonly Problem[] {
  if (!variablesRead(template).some(([root]) => root === 'secrets')) return [];
  return [
    error({
      ...at,
      code: 'template/secret',
      message: 'a secret would be shown here',
      hint: 'Secrets may be used in the address, headers and body of a request only.',
    }),
  ];
}

function checkSealed(value: string, at: At, { secrets }: CheckWorld): readonly Problem[] {
  const mistake = sealedMistake(value);
  if (mistake !== undefined)
    return [
      error({ ...at, code: 'template/syntax', message: mistake, hint: 'Write {{ secrets.NAME }} alone in its braces, outside of tags.' }),
    ];
  return secretsIn(value)
    .filter((name) => secrets?.(name) === false)
    .map((name) =>
      warning({
        ...at,
        code: 'template/no-secret',
        message: `there is no secret "${name}"`,
        hint: `Set PARLEY_SECRET_${name} where the host runs.`,
      }),
    );
}

function checkCalled(code: string, at: At, { flows }: CheckWorld): readonly Problem[] {
  const state = code.includes('{{') || code.startsWith('dialog:') ? undefined : flows?.(code);
  if (state === undefined || state === 'callable') return [];
  const said = { 'not-online': 'it is not ONLINE', 'not-callable': 'it may not be called' }[state];
  return [
    warning({
      ...at,
      code: 'flow/not-online',
      message: `the flow "${code}" cannot be begun now: ${said}`,
      hint: 'Publish it with a manual trigger or one by flow before this node is reached.',
    }),
  ];
}
