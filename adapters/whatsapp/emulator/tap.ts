import type { HeardMessage } from '../../../src/adapter-kit/index.js';
import type { JsonObject } from '../../../src/contract/index.js';

interface Tap {
  readonly from: string;
  readonly quotes?: string;
  readonly choice: { readonly id: string; readonly title: string };
}

/** Returns a tap on a choice. It quotes the message that it is on, and depends on its kind. */
export function tapOn(heard: readonly HeardMessage[], { from, quotes, choice }: Tap): JsonObject {
  const isTapped = (message: HeardMessage) => (quotes === undefined ? hasChoice(message, choice.id) : message.id === quotes);
  const message = heard.findLast((one) => one.to === from && isTapped(one));
  const context = message ? { context: { id: message.id } } : {};
  const { id, title } = choice;
  if (message?.shown.kind === 'template') return { type: 'button', button: { payload: id, text: title }, ...context };
  const type = message?.shown.list ? 'list_reply' : 'button_reply';
  return { type: 'interactive', interactive: { type, [type]: { id, title } }, ...context };
}

function hasChoice({ choices }: HeardMessage, id: string): boolean {
  return choices.some((choice) => choice.id === id);
}
