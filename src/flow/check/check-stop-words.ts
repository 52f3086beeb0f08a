import { isMessageTrigger, type Problem, TRIGGER_PLATFORM } from '../../contract/index.js';
import { STOP_WORDS, wordFinder } from '../../text/opt-out-words.js';
import type { Check } from './checked.js';
import { warning } from './finding.js';

/** Warns of keywords by which people opt out of messages. */
export const checkStopWords: Check = ({ triggers, world }) => {
  const withKeywords = triggers.flatMap(({ item, at }) => (isMessageTrigger(item) && item.match?.keywords ? [{ item, at }] : []));
  if (withKeywords.length === 0) return [];
  const isDefault = wordFinder(STOP_WORDS);
  return withKeywords.flatMap(({ item, at }): readonly Problem[] => {
    const platform = TRIGGER_PLATFORM[item.type];
    const isStop = world.stopWords?.(platform) ?? isDefault;
    return (item.match?.keywords ?? []).flatMap((keyword, i) =>
      isStop(keyword)
        ? [
            warning({
              pointer: `${at}/match/keywords/${i}`,
              code: 'flow/stop-word',
              message: `"${keyword}" is a STOP word of the channel: a person who writes it opts out, and this flow answers that once`,
              hint: 'Choose another keyword, or take the word out of "stopWords" of the channel.',
            }),
          ]
        : [],
    );
  });
};
