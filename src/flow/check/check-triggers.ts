import { isMessageTrigger, MESSAGE_TYPES, type Problem, type Trigger } from '../../contract/index.js';
import { OTHER_VALUES } from '../../params/other-names.js';
import { meantAmong } from '../../text/meant-name.js';
import { readPattern } from '../../text/pattern.js';
import { removed, replaced } from '../mends/mend.js';
import { didYouMean, nearestAmong } from '../nearest.js';
import { REGEX_HINT } from './check-texts.js';
import type { Checked, Drawn, KnownNode } from './checked.js';
import { error } from './finding.js';

/** Reports flows without a trigger, and triggers with mistakes or without effect. */
export function checkTriggers({ triggers, known, gaps }: Checked): readonly Problem[] {
  if (triggers.length === 0 && !gaps.has('triggers')) {
    return [
      error({
        pointer: '/triggers',
        code: 'flow/no-trigger',
        message: 'the flow has no trigger',
        hint: 'Add a trigger, such as { "type": "TriggeredManually" }.',
      }),
    ];
  }
  return [
    ...triggers.flatMap(({ item, at }) => [
      ...checkFilter(item, at),
      ...checkAtAnyTime(item, at),
      ...checkRegex(item, at),
      ...checkMessageTypes(item, at),
    ]),
    ...checkBackground(triggers, known),
  ];
}

/** Reports waits for messages in a flow that runs in the background. */
function checkBackground(triggers: readonly Drawn<Trigger>[], known: readonly KnownNode[]): readonly Problem[] {
  const background = triggers.find(({ item }) => 'onBusy' in item && item.onBusy === 'background');
  if (!background) return [];
  const waiting = known.find(({ type, params }) => params !== undefined && type.waitsFor?.(params) === 'message');
  if (!waiting) return [];
  return [
    error({
      pointer: waiting.at,
      code: 'flow/waits-in-background',
      node: waiting.node.id,
      message: `the flow runs in the background (${background.at}/onBusy), and "${waiting.node.id}" waits for a message`,
      hint: 'Choose another "onBusy", or remove the wait.',
    }),
  ];
}

function checkFilter(trigger: Trigger, at: string): readonly Problem[] {
  if (!isMessageTrigger(trigger) || trigger.onBusy === undefined) return [];
  const onBusy: string = trigger.onBusy;
  if (onBusy === 'queue') {
    return [
      error({
        pointer: `${at}/onBusy`,
        code: 'flow/message-queues',
        message: 'a message cannot be an answer to one flow and wait to start another',
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
      message: `with "onBusy": "${onBusy}" and without a filter every answer would start the flow again`,
      hint: 'Add keywords, a regular expression, message types or a referral to "match".',
    }),
  ];
}

function checkAtAnyTime(trigger: Trigger, at: string): readonly Problem[] {
  if (!isMessageTrigger(trigger) || trigger.atAnyTime !== true) return [];
  const problem = { pointer: `${at}/atAnyTime`, code: 'flow/at-any-time' } as const;
  if (trigger.onBusy !== undefined)
    return [
      error({
        ...problem,
        message: '"atAnyTime" and "onBusy" both decide what happens in the middle of another flow',
        ...removed(`${at}/onBusy`, 'Remove "onBusy": with "atAnyTime" the trigger interrupts the other flow.'),
      }),
    ];
  if ((trigger.match?.keywords ?? []).length > 0) return [];
  const hint = 'Add the words that people write to "match": { "keywords": ["menu"] }.';
  return [error({ ...problem, message: '"atAnyTime" needs keywords', hint })];
}

function checkRegex(trigger: Trigger, at: string): readonly Problem[] {
  const regex = isMessageTrigger(trigger) ? trigger.match?.regex : undefined;
  const read = regex === undefined ? undefined : readPattern(regex);
  if (!read || !('mistake' in read)) return [];
  return [error({ pointer: `${at}/match/regex`, code: 'flow/bad-regex', message: read.mistake, hint: REGEX_HINT })];
}

function checkMessageTypes(trigger: Trigger, at: string): readonly Problem[] {
  const types = (isMessageTrigger(trigger) && trigger.match?.messageTypes) || [];
  return types.flatMap((type, i) => {
    if (MESSAGE_TYPES.includes(type)) return [];
    const pointer = `${at}/match/messageTypes/${i}`;
    const meant = meantAmong(MESSAGE_TYPES, OTHER_VALUES)(type);
    const hint = didYouMean(meant ?? nearestAmong(MESSAGE_TYPES)(type), `Use one of ${MESSAGE_TYPES.join(', ')}.`);
    const message = `unknown message type "${type}"`;
    const mend = meant === undefined ? {} : replaced(pointer, meant);
    return [error({ ...mend, pointer, code: 'message/unknown-type', message, hint })];
  });
}
