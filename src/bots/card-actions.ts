import type { CardAction } from 'botframework-schema';
import type { ChannelLimits, Choice } from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { cannotSend } from './send-failed.js';

const OPENS: readonly string[] = ['openUrl', 'signin', 'playAudio', 'playVideo', 'showImage', 'downloadFile', 'call'];

/** Buttons of cards and suggested actions: what one says comes back as the value of the tap, what one opens is its address. */
export function choicesOf(actions: readonly CardAction[], limits: ChannelLimits): readonly Choice[] {
  const choices = actions.map((action) => choiceOf(action));
  const isTapped = choices.length <= Math.max(limits.list.max, limits.buttons.max);
  const most = Math.min(limits.buttons.id, limits.list.id);
  const long = choices.find(({ id, url }) => isTapped && url === undefined && isLonger(id, most));
  // Cut, it would come back as another value.
  if (long) throw cannotSend('send/value-too-long', `the value of the button "${long.title}" has more than ${most} characters`);
  return choices;
}

function choiceOf({ type, title, text, value }: CardAction): Choice {
  const said: unknown = value ?? text ?? title ?? '';
  if (OPENS.includes(type) && typeof said === 'string') return { id: title, title, url: addressOf(type, said) };
  const id = typeof said === 'string' ? said : JSON.stringify(said);
  return { id: id.trim() === '' ? title : id, title: title?.trim() ? title : id };
}

function addressOf(type: string, value: string): string {
  return type === 'call' && !/^[a-z][a-z\d+.-]*:/i.test(value) ? `tel:${value.replace(/[^\d+]/g, '')}` : value;
}
