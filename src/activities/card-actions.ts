import type { CardAction } from 'botframework-schema';
import type { ChannelLimits, Choice } from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { cannotSend } from './send-failed.js';

const OPENS: readonly string[] = ['openUrl', 'signin', 'playAudio', 'playVideo', 'showImage', 'downloadFile', 'call'];

/**
 * Returns buttons of cards and suggested actions as choices. A button's value comes back as the value of the tap; the value of one that
 * opens something is its address.
 *
 * @throws SendFailed `send/value-too-long` for a value that the provider would cut.
 */
export function choicesOf(actions: readonly CardAction[], limits: ChannelLimits): readonly Choice[] {
  const choices = actions.map((action) => choiceOf(action));
  const isTapped = choices.length <= Math.max(limits.list.max, limits.buttons.max);
  const max = Math.min(limits.buttons.id, limits.list.id);
  const long = choices.find(({ id, url }) => isTapped && url === undefined && isLonger(id, max));
  if (long) throw cannotSend('send/value-too-long', `the value of the button "${long.title}" has more than ${max} characters`);
  return choices;
}

function choiceOf({ type, title, text, value }: CardAction): Choice {
  const given: unknown = value ?? text ?? title ?? '';
  if (OPENS.includes(type) && typeof given === 'string') return { id: title, title, url: addressOf(type, given) };
  const id = typeof given === 'string' ? given : JSON.stringify(given);
  return { id: id.trim() === '' ? title : id, title: title?.trim() ? title : id };
}

function addressOf(type: string, value: string): string {
  return type === 'call' && !/^[a-z][a-z\d+.-]*:/i.test(value) ? `tel:${value.replace(/[^\d+]/g, '')}` : value;
}
