import { cutText, readJson, sentIds, titleOf } from '../../src/adapter-kit/index.js';
import type { Choice } from '../../src/contract/index.js';
import { limits } from './limits.js';

// Viber gives the `tracking_data` of a bot's last message back with what the person writes. A tap arrives as a text with the id of the
// button in it, so tracking_data holds the id of the effect and the buttons that the message has: `s1.2.1 [["yes","Yes"],["no","No"]]`.

/** The id that a button sends, and the title that the person saw on it. */
export type Offer = readonly [id: string, title: string];

/** In bytes of JSON. Viber takes 4000 characters, but the whole request must stay below 30 kB. */
const MAX_TRACKING = 3_000;
const MAX_TITLE = 100;

/** Returns true if a tap on the choice sends its id. A tap on another one opens an address, or hands over a phone number or a place. */
export function isReply({ url, ask }: Choice): boolean {
  return !url && !ask;
}

/** Returns the offers of choices. */
export function offersOf(choices: readonly Choice[]): readonly Offer[] {
  const ids = sentIds(choices, limits.buttons.id);
  return choices.flatMap((choice, i) => (isReply(choice) ? [[ids[i] ?? '', cutText(titleOf(choice), MAX_TITLE)]] : []));
}

/** Returns the `tracking_data` of a message: the id of its effect, and its offers if there is room for them. */
export function trackingOf(effectId: string, offers: readonly Offer[]): string {
  if (offers.length === 0) return effectId;
  const tracking = `${effectId} ${JSON.stringify(offers)}`;
  return Buffer.byteLength(JSON.stringify(tracking)) <= MAX_TRACKING ? tracking : effectId;
}

/** Returns the title of the button that was tapped, and the effect that sent it; undefined if the text is not the id of an offer. */
export function tapIn(tracking: string | undefined, text: string): { readonly title: string; readonly effect: string } | undefined {
  const found = offersIn(tracking ?? '').find(
    (offer): offer is Offer => Array.isArray(offer) && offer[0] === text && typeof offer[1] === 'string',
  );
  return found && { title: found[1], effect: tracking?.split(' ', 1)[0] ?? '' };
}

function offersIn(tracking: string): readonly unknown[] {
  const blank = tracking.indexOf(' ');
  const offers = blank < 0 ? undefined : readJson(tracking.slice(blank + 1));
  return Array.isArray(offers) ? offers : [];
}
