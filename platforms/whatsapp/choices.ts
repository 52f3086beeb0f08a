import { choiceLines, choicesShown, cutApart, cutText, sentIds, textAbove, titleOf } from '../../src/adapter-kit/index.js';
import type { Choice, Choices, JsonObject } from '../../src/contract/index.js';
import { interactive } from './json.js';
import { limits } from './limits.js';

/**
 * Returns a text with its choices: as reply buttons, as a list, or as lines of the text where there are more choices than a list holds.
 * `header` is a file that stands above the text in place of the message's own header; only buttons can have one.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages
 */
export function choicesContent(text: string, message: Choices, header?: JsonObject): JsonObject {
  const { choices = [] } = message;
  const shown = choicesShown({ ...message, choices }, limits);
  if (shown === 'text') return textContent(textAbove(choiceLines(choices), text, limits.text));
  const isList = shown === 'list';
  return interactive({
    type: isList ? 'list' : 'button',
    ...(header ? { header } : headerOf(message)),
    body: { text: cutText(text, isList ? (limits.list.body ?? limits.text) : limits.bodyWithChoices) },
    ...footerOf(message),
    action: isList ? listOf(choices, message.listButton) : { buttons: buttonsOf(choices) },
  });
}

/** Returns a text without anything to tap. */
export function textContent(text: string, previewUrl?: boolean): JsonObject {
  return { type: 'text', text: { body: cutText(text, limits.text), ...(previewUrl === undefined ? {} : { preview_url: previewUrl }) } };
}

function headerOf({ header = '' }: Choices): JsonObject {
  return header.trim() === '' ? {} : { header: { type: 'text', text: cutText(header, limits.header) } };
}

function footerOf({ footer = '' }: Choices): JsonObject {
  return footer.trim() === '' ? {} : { footer: { text: cutText(footer, limits.footer) } };
}

function buttonsOf(choices: readonly Choice[]): readonly JsonObject[] {
  const titles = cutApart(choices.map(titleOf), limits.buttons.title);
  const ids = sentIds(choices, limits.buttons.id);
  return choices.map((_, i) => ({ type: 'reply', reply: { id: ids[i] ?? '', title: titles[i] ?? '' } }));
}

function listOf(choices: readonly Choice[], listButton = ''): JsonObject {
  const titles = cutApart(choices.map(titleOf), limits.list.title);
  const ids = sentIds(choices, limits.list.id);
  const rows = choices.map(({ description = '' }, i) => ({
    id: ids[i] ?? '',
    title: titles[i] ?? '',
    ...(description.trim() === '' ? {} : { description: cutText(description, limits.list.description) }),
  }));
  return { button: listButton.trim() === '' ? 'Choose' : cutText(listButton, limits.list.button), sections: [{ rows }] };
}
