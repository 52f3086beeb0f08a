import { cutText, sentIds } from '../../src/adapter-kit/index.js';
import type { CarouselCard, JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { interactive } from './json.js';
import { limits } from './limits.js';

/**
 * Returns cards beside each other, each with a picture and either reply buttons or a link.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages
 */
export function carouselContent({ text, cards }: Extract<OutboundMessage, { type: 'carousel' }>): JsonObject {
  const body = { text: cutText(text, limits.carousel?.text ?? limits.caption) };
  return interactive({ type: 'carousel', body, action: { cards: cards.map(cardOf) } });
}

function cardOf(card: CarouselCard, index: number): JsonObject {
  return {
    card_index: index,
    type: 'cta_url',
    header: { type: 'image', image: { link: card.imageUrl } },
    body: { text: cutText(card.text, limits.carousel?.cardText ?? limits.caption) },
    action: card.choices?.length ? { buttons: repliesOf(card.choices) } : linkOf(card),
  };
}

function repliesOf(choices: NonNullable<CarouselCard['choices']>): readonly JsonObject[] {
  const ids = sentIds(choices, limits.buttons.id);
  return choices.map(({ title }, i) => ({
    type: 'quick_reply',
    quick_reply: { id: ids[i] ?? '', title: cutText(title, limits.buttons.title) },
  }));
}

function linkOf({ button = 'Open', url = '' }: CarouselCard): JsonObject {
  return { name: 'cta_url', parameters: { display_text: cutText(button, limits.link.button), url } };
}
