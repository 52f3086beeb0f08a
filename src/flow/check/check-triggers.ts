import { isMessageTrigger, type Problem, type Trigger } from '../../contract/index.js';
import { readPattern } from '../../params/pattern.js';
import { type Checked, error } from './finding.js';

/** What starts the flow, and what that asks of it. */
export function checkTriggers({ definition, known }: Checked): readonly Problem[] {
  const { triggers } = definition;
  if (triggers.length === 0) {
    return [
      error({
        pointer: '/triggers',
        code: 'flow/no-trigger',
        message: 'nothing starts the flow',
        hint: 'Add a trigger, such as { "type": "TriggeredManually" }.',
      }),
    ];
  }
  const waiting = known.find(({ type, params }) => params !== undefined && type.waitsFor?.(params) === 'message');
  return triggers.flatMap((trigger, index) => {
    const at = `/triggers/${index}`;
    const problems = [...checkFilter(trigger, at), ...checkRegex(trigger, at)];
    if ('onBusy' in trigger && trigger.onBusy === 'background' && waiting) {
      problems.push(
        error({
          pointer: `/nodes/${waiting.index}`,
          code: 'flow/waits-in-background',
          node: waiting.node.id,
          message: `the flow runs in the background (${at}/onBusy), and "${waiting.node.id}" waits for a message`,
          hint: 'Choose another onBusy, or remove the wait.',
        }),
      );
    }
    return problems;
  });
}

function checkFilter(trigger: Trigger, at: string): readonly Problem[] {
  if (!isMessageTrigger(trigger) || trigger.onBusy === undefined) return [];
  const onBusy: string = trigger.onBusy;
  if (onBusy === 'queue') {
    return [
      error({
        pointer: `${at}/onBusy`,
        code: 'flow/message-queues',
        message: 'a message cannot be both the answer to a flow and the start of another',
        hint: 'Use "ignore", "interrupt" or "background".',
      }),
    ];
  }
  const filters = Object.keys(trigger.match ?? {}).filter((key) => key !== 'keywordMode' && !key.startsWith('x-'));
  if (onBusy === 'ignore' || filters.length > 0) return [];
  return [
    error({
      pointer: `${at}/match`,
      code: 'flow/no-filter',
      message: `with onBusy "${onBusy}" and no filter every answer would start the flow again`,
      hint: 'Add keywords, a regular expression, message types or a referral to "match".',
    }),
  ];
}

function checkRegex(trigger: Trigger, at: string): readonly Problem[] {
  const regex = isMessageTrigger(trigger) ? trigger.match?.regex : undefined;
  const mistake = regex === undefined ? undefined : regexMistake(regex);
  return mistake === undefined ? [] : [error({ pointer: `${at}/match/regex`, code: 'flow/bad-regex', message: mistake, hint: REGEX_HINT })];
}

export const REGEX_HINT = 'Regular expressions run in linear time (RE2): no look-around and no back references.';

/** Why a pattern is refused, if it is. */
export function regexMistake(pattern: string): string | undefined {
  const read = readPattern(pattern);
  return 'mistake' in read ? read.mistake : undefined;
}
