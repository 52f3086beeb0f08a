import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { problemsOfAnswerWait } from '../../src/nodes/answer-wait.js';
import { isLiteral } from '../../src/params/literal.js';
import type { MessageParams } from '../../src/params/message.js';
import { checkOnPlatforms } from '../../src/params/message-limits.js';
import { isDateWithoutOffset, noTimeZone } from '../../src/params/no-time-zone.js';
import { dateOf } from '../../src/text/date.js';
import { readPlainNumber } from '../../src/text/read-number.js';
import { slugOf } from '../../src/text/slug.js';
import type { Answer, QuestionParams } from './params.js';

/** Returns problems of a question that its schema cannot find. */
export function problemsIn(params: QuestionParams, world: CheckScope): readonly NodeProblem[] {
  return [
    ...checkOnPlatforms(params.message, '/message', world),
    ...problemsOfChoices(params),
    ...problemsOfBounds(params.answer, world),
    ...problemsOfAnswerWait(params, world),
  ];
}

/** Messages whose buttons are in their own JSON, or in their cards. */
const WITH_OTHER_BUTTONS: readonly string[] = ['carousel', 'template', 'rich-media', 'keyboard', 'native'];
const PORT_NAME = /^[a-z0-9-]{1,64}$/;

function problemsOfChoices({ message, answer, branchByChoice }: QuestionParams): readonly NodeProblem[] {
  if (answer.type !== 'choice' && answer.type !== 'choices') return [];
  // The node before may have shown them.
  if (message === undefined) return [];
  const { choices } = message;
  if (choices === undefined) return WITH_OTHER_BUTTONS.includes(message.type) ? [] : [noChoices(message)];
  if (answer.type !== 'choice' || !branchByChoice || !Array.isArray(choices)) return [];
  return choices.flatMap(({ id }: { readonly id?: unknown }, i): readonly NodeProblem[] => {
    if (typeof id !== 'string' || PORT_NAME.test(id)) return [];
    const pointer = `/message/choices/${i}/id`;
    const problem = { pointer, code: 'question/choice-id', message: `"${id}" cannot be the name of a port` };
    const slug = slugOf(id);
    if (slug === '' || choices.some((other: { readonly id?: unknown }) => other.id === slug))
      return [{ ...problem, hint: 'Use lower-case letters, digits and hyphens, or set "branchByChoice" to false.' }];
    return [{ ...problem, hint: `Write "${slug}", here and at its edges.`, mend: [{ op: 'replace', path: pointer, value: slug }] }];
  });
}

function noChoices({ type }: MessageParams): NodeProblem {
  const hint = 'Add "choices" to the message, or ask for another type of answer.';
  return {
    pointer: '/message',
    code: 'question/no-choices',
    message: `the answer is a choice, but the ${type} message has no choices`,
    hint,
  };
}

function problemsOfBounds({ type, min, max }: Answer, world: CheckScope): readonly NodeProblem[] {
  const values = { min: boundOf(type, min), max: boundOf(type, max) };
  const wrong = (['min', 'max'] as const).flatMap((name): readonly NodeProblem[] => {
    if (values[name] !== 'wrong') return [];
    const what = type === 'date' ? 'a date' : 'a number';
    const hint = type === 'date' ? 'Write a date such as 2026-12-24, or a template for one.' : 'Write a number, or a template for one.';
    return [{ pointer: `/answer/${name}`, code: 'question/bad-bound', message: `"${name}" must be ${what}`, hint }];
  });
  const { min: from, max: to } = values;
  if (typeof from === 'number' && typeof to === 'number' && from > to)
    return [
      {
        pointer: '/answer/min',
        code: 'question/bad-bound',
        message: '"min" is more than "max", so no answer is valid',
        hint: 'Exchange them.',
        mend: [
          { op: 'replace', path: '/answer/min', value: max ?? null },
          { op: 'replace', path: '/answer/max', value: min ?? null },
        ],
      },
    ];
  const zones = type === 'date' && [min, max].some((bound) => typeof bound === 'string' && isDateWithoutOffset(bound));
  return [...wrong, ...(zones ? noTimeZone('/answer', 'dates are compared', world) : [])];
}

/** Returns a bound as a number; `wrong` if it is none, undefined if it is not known before the flow runs. */
function boundOf(type: Answer['type'], bound: number | string | undefined): number | 'wrong' | undefined {
  if (bound === undefined || (typeof bound === 'string' && !isLiteral(bound))) return undefined;
  if (type === 'date') return dateOf(bound, { zone: 'UTC' }) ?? 'wrong';
  return typeof bound === 'number' ? bound : (readPlainNumber(bound)?.value ?? 'wrong');
}
