import type { ChannelLimits } from './channel-adapter.js';
import type { Choice } from './message.js';

/** How choices are laid out. */
export type ChoicesShown = 'buttons' | 'list' | 'text';

interface Shown {
  readonly choices: readonly Pick<Choice, 'description'>[];
  readonly choicesAs?: 'auto' | ChoicesShown | undefined;
}

/**
 * Returns how a channel lays out choices. `auto` uses buttons if they fit and would hide no description, or else a list, or else a numbered
 * text. A layout that does not fit is replaced by the next one that does.
 */
export function choicesShown(
  { choices, choicesAs = 'auto' }: Shown,
  { buttons, list }: Pick<ChannelLimits, 'buttons' | 'list'>,
): ChoicesShown {
  if (choicesAs === 'text' || choices.length > list.max) return 'text';
  const isDescribed = choices.some(({ description = '' }) => description.trim() !== '');
  if (choicesAs === 'list' || choices.length > buttons.max || (choicesAs === 'auto' && isDescribed && buttons.description === undefined))
    return 'list';
  return 'buttons';
}

/** Returns the number of characters (code points) of choices in a numbered list below a text. */
export function numberedLength(choices: readonly Choice[]): number {
  let size = 0;
  for (const [i, { id, title, url, number = i + 1 }] of choices.entries())
    size += [...`\n${number ?? ''}. ${title.trim() === '' ? id : title}${url ? `: ${url}` : ''}`].length;
  return size + 1;
}
