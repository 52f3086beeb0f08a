import type { JsonObject, Shown } from '../../contract/index.js';
import { repliesIn } from '../../contract/shown.js';

/** A message that an emulator took for a person. */
export interface HeardMessage {
  /** Counts the messages of the emulator, from 0. */
  readonly index: number;
  readonly to: string;
  /** The provider's id. */
  readonly id: string;
  /** What the person sees, as `shows` of the adapter says. */
  readonly shown: Shown;
  /** The words that the person reads. */
  readonly text: string;
  /** What the person can tap. */
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  /** The body of the request, as the provider got it. */
  readonly body: JsonObject;
}

/** Returns what a test looks for first: the words of a message, and what can be tapped on it. */
export function wordsAndTaps(shown: Shown): Pick<HeardMessage, 'text' | 'choices'> {
  const { text, template, people = [], cards = [] } = shown;
  const words = [
    template?.values?.join(' '),
    people.map(({ name }) => name).join(', '),
    cards.flatMap((card) => card.text ?? []).join('\n'),
  ];
  return { text: text ?? words.find(Boolean) ?? '', choices: repliesIn(shown) };
}
