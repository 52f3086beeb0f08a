import { isObject, member, readObjects, readText, withoutEmpty } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject, Shown, ShownButton, ShownCard, ShownSection } from '../../src/contract/index.js';
import { shownMedia } from './shown-media.js';

/** Returns what an action adds to the words above it. */
type ShowAction = (action: JsonObject) => Partial<Shown>;

const sharing = (title: string, does: ShownButton['does']): Pick<Shown, 'buttons'> => ({ buttons: [{ title, does }] });

/** The types of interactive messages. WhatsApp itself labels the buttons that have no text in the JSON, in the language of the phone. */
const ACTIONS: ReadonlyMap<string, ShowAction> = new Map<string, ShowAction>([
  ['button', ({ buttons }) => ({ buttons: repliesIn(buttons, 'reply') })],
  ['list', ({ button, sections }) => ({ list: { button: readText(button) ?? '', sections: readObjects(sections).map(sectionOf) } })],
  ['cta_url', (action) => ({ kind: 'link', buttons: [linkIn(action)] })],
  ['carousel', ({ cards }) => ({ kind: 'carousel', cards: readObjects(cards).map(cardOf) })],
  ['location_request_message', () => sharing('Send location', 'location')],
  ['request_contact_info', () => sharing('Share contact info', 'phone')],
  ['flow', ({ parameters }) => ({ kind: 'form', ...sharing(readText(member(parameters, 'flow_cta')) ?? '', 'form') })],
  ['address_message', () => ({ kind: 'form', ...sharing('Provide address', 'form') })],
  [
    'product',
    ({ product_retailer_id: id }) => ({
      kind: 'product',
      buttons: [withoutEmpty<ShownButton>({ id: readText(id), title: 'View', does: 'catalog' })],
    }),
  ],
  [
    'product_list',
    ({ sections }) => ({ kind: 'products', list: { button: 'View items', sections: readObjects(sections).map(productsOf) } }),
  ],
  ['catalog_message', () => ({ kind: 'catalog', ...sharing('View catalog', 'catalog') })],
  ['voice_call', ({ parameters }) => ({ kind: 'call', ...sharing(readText(member(parameters, 'display_text')) ?? 'Call now', 'call') })],
  ['call_permission_request', () => ({ kind: 'call', ...sharing('Choose preference', 'form') })],
  ['order_details', () => ({ kind: 'order', ...sharing('Review and pay', 'form') })],
  ['order_status', () => ({ kind: 'order' })],
]);

/** Returns what a person sees of an interactive message. Its kind is that of the file in its header, if it has one and nothing else says more. */
export function shownInteractive(part: Json | undefined): Shown {
  const type = readText(member(part, 'type')) ?? '';
  const [header, body, footer] = ['header', 'body', 'footer'].map((of) => member(part, of));
  const action = member(part, 'action');
  const show = ACTIONS.get(type);
  const media = mediaIn(header);
  return withoutEmpty<Shown>({
    kind: media?.kind ?? 'text',
    header: readText(member(header, 'text')),
    text: readText(member(body, 'text')),
    footer: readText(member(footer, 'text')),
    media,
    ...(show ? show(isObject(action) ? action : {}) : { kind: 'native', native: part ?? null }),
  });
}

function mediaIn(header: Json | undefined): Shown['media'] {
  const type = member(header, 'type');
  return type === 'image' || type === 'video' || type === 'document' ? shownMedia(type, member(header, type)) : undefined;
}

function repliesIn(buttons: Json | undefined, name: 'reply' | 'quick_reply'): readonly ShownButton[] {
  return readObjects(buttons).map((button) => {
    const [id = '', title = id] = ['id', 'title'].map((of) => readText(member(button[name], of)));
    return { id, title, does: 'reply' };
  });
}

function linkIn({ parameters }: JsonObject): ShownButton {
  const url = readText(member(parameters, 'url'));
  return { title: readText(member(parameters, 'display_text')) ?? '', does: 'url', ...(url === undefined ? {} : { url }) };
}

function sectionOf({ title, rows }: JsonObject): ShownSection {
  return { ...titleIn(title), rows: readObjects(rows).map(rowOf) };
}

function rowOf({ id, title, description }: JsonObject): ShownSection['rows'][number] {
  const words = readText(description);
  return { id: readText(id) ?? '', title: readText(title) ?? '', ...(words === undefined || words === '' ? {} : { description: words }) };
}

/** Only the catalog knows what products are called. */
function productsOf({ title, product_items: items }: JsonObject): ShownSection {
  const ids = readObjects(items).map((item) => readText(item['product_retailer_id']) ?? '');
  return { ...titleIn(title), rows: ids.map((id) => ({ id, title: id })) };
}

function titleIn(title: Json | undefined): Pick<ShownSection, 'title'> {
  const words = readText(title);
  return words === undefined || words === '' ? {} : { title: words };
}

function cardOf({ header, body, action }: JsonObject): ShownCard {
  const buttons = member(action, 'buttons');
  return withoutEmpty<ShownCard>({
    media: mediaIn(header),
    text: readText(member(body, 'text')),
    buttons: buttons === undefined ? (isObject(action) ? [linkIn(action)] : []) : repliesIn(buttons, 'quick_reply'),
  });
}
