import type { Problem } from '../../contract/index.js';
import { secretsIn } from '../../template/read-template.js';
import type { TemplateRead } from '../../template/template-read.js';
import type { HeldField } from '../held-fields.js';
import { type Mend, replaced } from '../mends/mend.js';
import { mendText, typographicQuoteIn } from '../mends/mend-text.js';
import type { FlowUse } from '../walk-schema.js';
import type { Checked, CheckWorld } from './checked.js';
import { type At, error, warning } from './finding.js';
import { lostBackslashesOf } from './lost-backslashes.js';
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
  if (field.holds === 'sealed')
    return mistake === undefined
      ? [...unknownSecrets(field, at, world), ...unknownConstants(reads, at, world), ...lostBackslashesOf(field, at)]
      : [{ ...unreadableSeal(mistake, at), ...mendOf(field, mistake, { at, read }) }];
  if (field.holds === 'regex')
    return mistake === undefined ? [] : [error({ ...at, code: 'flow/bad-regex', message: mistake, hint: REGEX_HINT })];
  if (mistake !== undefined) return [{ ...unreadable(field, mistake, at), ...mendOf(field, mistake, { at, read }) }];
  if (reads.some(({ path }) => path[0] === 'secrets'))
    return [
      error({
        ...at,
        code: 'template/secret',
        message: 'a secret would be sent to the person',
        hint: 'Use secrets in the address, headers and body of a request only.',
      }),
    ];
  return [
    ...unknownConstants(reads, at, world),
    ...lostBackslashesOf(field, at),
    ...(field.holds === 'flow' ? checkCalled(field, at, world) : []),
  ];
}

/** Returns the mend of a template or an expression, with its hint, if there is one. */
function mendOf(field: HeldField, mistake: string, { at, read }: { readonly at: At } & Pick<Checked, 'read'>): Partial<Mend> {
  const mended = field.value.length > MAX_MENDED ? undefined : mendText(field, mistake, read);
  return mended ? { ...replaced(at.pointer, mended.text), hint: mended.hint } : {};
}

/** The maximum length of a text that is mended. */
const MAX_MENDED = 10_000;

/** Warns of values of the installation that are not set. */
function unknownConstants(reads: readonly TemplateRead[], at: At, { constants }: CheckWorld): readonly Problem[] {
  const names = new Set(reads.flatMap(({ path: [first, name] }) => (first === 'constants' && typeof name === 'string' ? [name] : [])));
  return [...names]
    .filter((name) => constants?.(name) === false)
    .map((name) =>
      warning({
        ...at,
        code: 'template/no-constant',
        message: `the constant "${name}" is not set`,
        hint: `Set PARLEY_CONSTANT_${name} where the host runs.`,
      }),
    );
}

function unreadable(field: HeldField, mistake: string, at: At): Problem {
  const quote = typographicQuoteIn(field);
  const message = quote === undefined ? mistake : `${quote} is not a quotation mark in an expression`;
  const { holds } = field;
  if (holds !== 'expression' && holds !== 'result')
    return error({ ...at, code: 'template/syntax', message, hint: 'Check for a missing }} or an unknown filter.' });
  const over = holds === 'result' ? 'over the result, such as body.order.total' : 'without braces, such as order.total';
  return error({ ...at, code: 'template/bad-expression', message, hint: `Write an expression ${over}.` });
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

function checkCalled({ value: code, flowIs = 'called' }: HeldField, at: At, { flows }: CheckWorld): readonly Problem[] {
  const state = code.includes('{{') || code.startsWith('dialog:') ? undefined : flows?.(code);
  if (state === undefined) return [];
  if (state === 'not-online') return [warning({ ...at, code: 'flow/not-online', ...NOT_ONLINE[flowIs](code) })];
  if (flowIs === 'started' && state !== 'startable') return [warning({ ...at, code: 'flow/not-online', ...notStartable(code) })];
  return state !== 'not-callable' || flowIs !== 'called' ? [] : [warning({ ...at, code: 'flow/not-online', ...notCallable(code) })];
}

type Words = Pick<Problem, 'message' | 'hint'>;

const NOT_ONLINE: Readonly<Record<FlowUse, (code: string) => Words>> = {
  called: (code) => ({
    message: `the flow "${code}" cannot be called: it is not ONLINE`,
    hint: 'Publish it with a trigger `TriggeredByFlow` or `TriggeredManually` before this flow needs it.',
  }),
  started: (code) => ({
    message: `the flow "${code}" cannot be started: it is not ONLINE`,
    hint: 'Publish it with a trigger `TriggeredManually` before this flow needs it.',
  }),
  ended: (code) => ({ message: `the flow "${code}" is not ONLINE, so it may have no runs`, hint: 'Check the code of the flow.' }),
};

function notCallable(code: string): Words {
  return {
    message: `the flow "${code}" cannot be called: it has no trigger for calls`,
    hint: 'Publish it with a trigger `TriggeredByFlow` or `TriggeredManually` before this flow needs it.',
  };
}

function notStartable(code: string): Words {
  return {
    message: `the flow "${code}" cannot be started: it has no manual trigger`,
    hint: 'Publish it with a trigger `TriggeredManually`.',
  };
}
