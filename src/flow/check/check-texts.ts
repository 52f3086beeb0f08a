import type { Problem } from '../../contract/index.js';
import { secretsIn } from '../../template/read-template.js';
import type { HeldField } from '../held-fields.js';
import type { Checked, CheckWorld } from './checked.js';
import { type At, error, warning } from './finding.js';
import { costOfReading } from './reading.js';

export const REGEX_HINT = 'Regular expressions are those of RE2, without look-around and back-references.';

/** Reports mistakes in templates, expressions and patterns, and flows that cannot be called. */
export function checkTexts(checked: Checked): readonly Problem[] {
  const { known, effort } = checked;
  return known.flatMap(({ node, at, fields }) =>
    fields.flatMap((field) => {
      const place = { pointer: `${at}/params${field.pointer}`, node: node.id };
      return effort.spend(costOfReading(field)) ? mistakesOf(field, place, checked) : effort.giveUp(place);
    }),
  );
}

/** Returns the problems of a template, an expression, a pattern, or the code of a flow. */
export function mistakesOf(field: HeldField, at: At, { world, read }: Pick<Checked, 'world' | 'read'>): readonly Problem[] {
  const { mistake, reads } = read(field);
  if (field.holds === 'sealed') return mistake === undefined ? unknownSecrets(field, at, world) : [unreadableSeal(mistake, at)];
  if (field.holds === 'regex')
    return mistake === undefined ? [] : [error({ ...at, code: 'flow/bad-regex', message: mistake, hint: REGEX_HINT })];
  if (mistake !== undefined) return [unreadable(field, mistake, at)];
  if (reads.some(({ path }) => path[0] === 'secrets'))
    return [
      error({
        ...at,
        code: 'template/secret',
        message: 'a secret would be sent to the person',
        hint: 'Use secrets in the address, headers and body of a request only.',
      }),
    ];
  return field.holds === 'flow' ? checkCalled(field.value, at, world) : [];
}

function unreadable({ holds }: HeldField, mistake: string, at: At): Problem {
  if (holds !== 'expression' && holds !== 'result')
    return error({ ...at, code: 'template/syntax', message: mistake, hint: 'Check for a missing }} or an unknown filter.' });
  const over = holds === 'result' ? 'over the result, such as body.order.total' : 'without braces, such as order.total';
  return error({ ...at, code: 'template/bad-expression', message: mistake, hint: `Write an expression ${over}.` });
}

/** Reports mistakes in a text that may contain secrets. */
function unreadableSeal(mistake: string, at: At): Problem {
  return error({
    ...at,
    code: 'template/syntax',
    message: mistake,
    hint: 'Write {{ secrets.NAME }} without filters, and outside of tags.',
  });
}

function unknownSecrets(field: HeldField, at: At, { secrets }: CheckWorld): readonly Problem[] {
  return secretsIn(field.value)
    .filter((name) => secrets?.(name) === false)
    .map((name) =>
      warning({
        ...at,
        code: 'template/no-secret',
        message: `the secret "${name}" is not set`,
        hint: `Set PARLEY_SECRET_${name} where the host runs.`,
      }),
    );
}

function checkCalled(code: string, at: At, { flows }: CheckWorld): readonly Problem[] {
  const state = code.includes('{{') || code.startsWith('dialog:') ? undefined : flows?.(code);
  if (state === undefined || state === 'callable') return [];
  const why = { 'not-online': 'it is not ONLINE', 'not-callable': 'it has no trigger for calls' }[state];
  return [
    warning({
      ...at,
      code: 'flow/not-online',
      message: `the flow "${code}" cannot be called: ${why}`,
      hint: 'Publish it with a trigger `TriggeredByFlow` or `TriggeredManually` before this flow needs it.',
    }),
  ];
}
