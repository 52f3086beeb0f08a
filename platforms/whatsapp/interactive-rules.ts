import { isObject, isTextWithin, member, readObjects } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject } from '../../src/contract/index.js';
import { limits } from './limits.js';
import { type Found, missing } from './mistake.js';

/** Returns what is wrong with an action. */
type ActionRule = (action: JsonObject) => string | undefined;

/** The types of interactive messages, and the rule for the action of each. */
const ACTIONS: ReadonlyMap<string, ActionRule> = new Map<string, ActionRule>([
  ['button', ({ buttons }) => buttonsMistake(buttons)],
  ['list', listMistake],
  ['cta_url', linkMistake],
  ['carousel', ({ cards }) => carouselMistake(cards)],
  ['flow', formMistake],
  ['product', productMistake],
  ['product_list', productsMistake],
  ['catalog_message', ({ name }) => (name === 'catalog_message' ? undefined : 'action.name is "catalog_message"')],
  ['location_request_message', ({ name }) => (name === 'send_location' ? undefined : 'action.name is "send_location"')],
  ['address_message', addressMistake],
  ['request_contact_info', ({ name }) => (name === 'request_contact_info' ? undefined : 'action.name is "request_contact_info"')],
  ...['call_permission_request', 'voice_call', 'order_details', 'order_status'].map((kind) => [kind, () => undefined] as const),
]);
/** The types that may have a header, and the types of header that they may have. */
const HEADERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['button', ['text', 'image', 'video', 'document']],
  ['list', ['text']],
  ['cta_url', ['text', 'image', 'video', 'document']],
  ['flow', ['text', 'image', 'video', 'document']],
  ['product_list', ['text']],
  ['order_details', ['text', 'image', 'document']],
]);

/**
 * Returns what is wrong with an interactive message; undefined if nothing is.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/ has a page for each type.
 */
export function interactiveMistake({ type, header, body, footer, action }: JsonObject): Found {
  const actionMistake = typeof type === 'string' ? ACTIONS.get(type) : undefined;
  if (typeof type !== 'string' || !actionMistake) return 'interactive.type is unknown';
  if (!isObject(action)) return missing('action');
  const isOptional = type === 'product' && body === undefined;
  if (!isOptional && !isTextWithin(member(body, 'text'), type === 'list' ? limits.text : limits.bodyWithChoices))
    return 'body.text has the wrong length';
  if (footer !== undefined && !isTextWithin(member(footer, 'text'), limits.footer)) return 'footer.text is 1 to 60 characters';
  if (type === 'carousel' && footer !== undefined) return 'a carousel has no footer';
  return headerMistake(header, type) ?? actionMistake(action);
}

function headerMistake(header: Json | undefined, of: string): Found {
  if (header === undefined) return of === 'product_list' ? missing('header') : undefined;
  const type = member(header, 'type');
  if (typeof type !== 'string' || !HEADERS.get(of)?.includes(type)) return `${of} has no such header`;
  if (type === 'text') return isTextWithin(member(header, 'text'), limits.header) ? undefined : 'header.text is 1 to 60 characters';
  return mediaMistake(member(header, type), type);
}

function mediaMistake(media: Json | undefined, type: string): string | undefined {
  if (member(media, 'caption') !== undefined) return 'a file in a header has no caption';
  const [link, id] = [member(media, 'link'), member(media, 'id')];
  if ((link === undefined) === (id === undefined)) return `${type} needs link or id`;
  return link === undefined || isAddress(link) ? undefined : `${type}.link is not an address`;
}

function buttonsMistake(buttons: Json | undefined): string | undefined {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > limits.buttons.max) return 'buttons: 1 to 3';
  if (!buttons.every((one) => member(one, 'type') === 'reply')) return 'a button has the type "reply"';
  const replies = buttons.map((one) => member(one, 'reply'));
  const [titles, ids] = [replies.map((one) => member(one, 'title')), replies.map((one) => member(one, 'id'))];
  if (!titles.every((one) => isTextWithin(one, limits.buttons.title)) || !ids.every((one) => isTextWithin(one, limits.buttons.id)))
    return 'a button title is 1 to 20, its id 1 to 256 characters';
  if (!ids.every(isTrimmed)) return 'a button id has no spaces at its ends';
  return isUnique(titles) && isUnique(ids) ? undefined : 'button titles and ids must be unique';
}

const UNTITLED = 'a section title is 1 to 24 characters, and needed where there are several sections';

/** A section that is alone needs no title. */
function isTitled({ title }: JsonObject, sections: number): boolean {
  return title === undefined ? sections === 1 : isTextWithin(title, limits.list.title);
}

function listMistake({ button, sections: given }: JsonObject): string | undefined {
  const sections = readObjects(given);
  if (!isTextWithin(button, limits.list.button)) return 'the list button is 1 to 20 characters';
  if (sections.length < 1 || sections.length > 10) return 'sections: 1 to 10';
  if (!sections.every((one) => isTitled(one, sections.length))) return UNTITLED;
  if (sections.some((one) => readObjects(one['rows']).length === 0)) return 'a section has at least one row';
  const rows = sections.flatMap((one) => readObjects(one['rows']));
  if (rows.length < 1 || rows.length > limits.list.max) return 'rows: 1 to 10 in total';
  const isRow = ({ id, title, description }: JsonObject) =>
    isTextWithin(id, limits.list.id) &&
    isTextWithin(title, limits.list.title) &&
    (description === undefined || isTextWithin(description, limits.list.description));
  if (!rows.every(isRow)) return 'a row id is 1 to 200, its title 1 to 24, its description 1 to 72 characters';
  return isUnique(rows.map(({ id }) => id)) ? undefined : 'row ids must be unique';
}

function linkMistake({ name, parameters }: JsonObject): string | undefined {
  if (name !== 'cta_url') return 'action.name is "cta_url"';
  const isRight = isTextWithin(member(parameters, 'display_text'), limits.link.button) && isAddress(member(parameters, 'url'));
  return isRight ? undefined : 'cta_url needs display_text and url';
}

/** https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow */
function formMistake({ name, parameters }: JsonObject): string | undefined {
  if (name !== 'flow') return 'action.name is "flow"';
  const [version, id, flowName, button] = ['flow_message_version', 'flow_id', 'flow_name', 'flow_cta'].map((of) => member(parameters, of));
  if (version !== '3' && version !== 3) return 'flow_message_version is "3"';
  if (isTextWithin(id) === isTextWithin(flowName)) return 'flow needs flow_id or flow_name';
  return isTextWithin(button, 30) ? undefined : 'flow_cta is 1 to 30 characters';
}

function addressMistake({ name, parameters }: JsonObject): string | undefined {
  if (name !== 'address_message') return 'action.name is "address_message"';
  return isTextWithin(member(parameters, 'country')) ? undefined : 'address_message needs country';
}

function productMistake({ catalog_id: catalog, product_retailer_id: product }: JsonObject): string | undefined {
  return isTextWithin(catalog) && isTextWithin(product) ? undefined : 'product needs catalog_id and product_retailer_id';
}

/** The numbers of sections and products: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages */
function productsMistake({ catalog_id: catalog, sections: given }: JsonObject): string | undefined {
  const sections = readObjects(given);
  if (!isTextWithin(catalog)) return 'product_list needs catalog_id';
  if (sections.length < 1 || sections.length > 10) return 'sections: 1 to 10';
  if (!sections.every((one) => isTitled(one, sections.length))) return UNTITLED;
  const products = sections.flatMap((one) => readObjects(one['product_items']));
  if (products.length < 1 || products.length > 30) return 'product_items: 1 to 30 in total';
  return products.every((one) => isTextWithin(one['product_retailer_id'])) ? undefined : 'a product needs product_retailer_id';
}

function carouselMistake(cards: Json | undefined): string | undefined {
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10) return 'a carousel has 2 to 10 cards';
  const kinds = cards.map((card) => {
    const buttons = readObjects(member(member(card, 'action'), 'buttons'));
    return buttons.length > 0 ? `${buttons.length} buttons` : 'a link';
  });
  if (new Set(kinds).size > 1) return 'all cards have the same kind and number of buttons';
  return cards.map(cardMistake).find((mistake) => mistake !== undefined);
}

function cardMistake(card: Json, place: number): string | undefined {
  if (member(card, 'card_index') !== place) return 'card_index counts the cards';
  const [header, text, action] = [member(card, 'header'), member(member(card, 'body'), 'text'), member(card, 'action')];
  const type = member(header, 'type');
  if (type !== 'image' && type !== 'video') return 'a card has an image or a video';
  const media = mediaMistake(member(header, type), type);
  if (media !== undefined) return media;
  const words = limits.carousel?.cardText;
  if (text !== undefined && !(isTextWithin(text, words) && text.split('\n').length <= 3))
    return 'the text of a card is up to 160 characters and 3 lines';
  const replies = readObjects(member(action, 'buttons')).map((one) => one['quick_reply']);
  if (replies.length === 0) return isObject(action) ? linkMistake(action) : 'a card needs an action';
  return replies.every(
    (one) => isTextWithin(member(one, 'title'), limits.buttons.title) && isTextWithin(member(one, 'id'), limits.buttons.id),
  )
    ? undefined
    : 'a button title is 1 to 20, its id 1 to 256 characters';
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/\S+$/.test(value);
}

function isTrimmed(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === value;
}

function isUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
