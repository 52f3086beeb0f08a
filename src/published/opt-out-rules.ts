import { once } from '../contract/once.js';
import type { OptOutRules } from '../engine/turn-input.js';
import { START_WORDS, STOP_WORDS, stopAnswer, wordFinder } from '../text/opt-out-words.js';
import type { OptOutSettings } from './channel-settings.js';

/** Returns how a channel reads STOP and START words; without settings, those of nine languages. */
export function optOutRules({ stopWords, startWords, stopAnswer: answer }: OptOutSettings = {}): OptOutRules {
  return {
    isStop: stopWords ? whenAsked(stopWords) : isDefaultStop,
    isStart: startWords ? whenAsked(startWords) : isDefaultStart,
    answer: (word, language) => answer ?? stopAnswer(word, language),
  };
}

const isDefaultStop = whenAsked(STOP_WORDS);
const isDefaultStart = whenAsked(START_WORDS);

/** Folds the words when the first message comes, so that a start does not wait for it. */
function whenAsked(words: readonly string[]): (text: string) => boolean {
  const find = once(() => wordFinder(words));
  return (text) => find()(text);
}
