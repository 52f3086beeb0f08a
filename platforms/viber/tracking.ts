import { jsonOf } from '../../src/contract/exact-json.js';
import type { Choice } from '../../src/contract/index.js';
import { cutApart, cutText } from '../../src/text/cut-text.js';
import { limits } from './limits.js';

/** What a button sends, and the title that the person saw on it. */
export type Offer = readonly [id: string, title: string];

/** Bytes; Viber takes 4 000 characters, and the whole body has to stay below 30 kB. */
const MOST = 3_000;
const LONGEST_TITLE = 100;

/** The buttons that answer; one that opens an address or hands something over says nothing. */
export function offersOf(choices: readonly Choice[]): readonly Offer[] {
  const ids = idsOf(choices);
  return choices.flatMap((choice, i) => (choice.url || choice.ask ? [] : [[ids[i] ?? '', cutText(titleOf(choice), LONGEST_TITLE)]]));
}

/** As buttons send them: short enough, and each its own. One that came out empty is the choice's number, because Viber refuses an empty one. */
export function idsOf(choices: readonly Choice[]): readonly string[] {
  return cutApart(
    choices.map(({ id }, i) => (id.trim() === '' ? `${i + 1}` : id)),
    limits.buttons.id,
  );
}

/** A title that came out empty is shown by its id. */
export function titleOf({ id, title }: Choice): string {
  return [title, id].find((words) => words.trim() !== '') ?? '…';
}

/**
 * Viber gives the `tracking_data` of its last message back with what the person says: our effect's id, and which buttons that message
 * had, because a tap arrives as a plain text with the button's id in it.
 */
export function trackingOf(effectId: string, offers: readonly Offer[]): string {
  if (offers.length === 0) return effectId;
  const tracking = `${effectId} ${JSON.stringify(offers)}`;
  return Buffer.byteLength(JSON.stringify(tracking)) <= MOST ? tracking : effectId;
}

/** The button that says just this, if the last message had it: its title, and the effect that sent the message. */
export function tappedOn(tracking: string | undefined, said: string): { readonly title: string; readonly effect: string } | undefined {
  const offers = offersIn(tracking ?? '');
  const found = offers.find((one): one is Offer => Array.isArray(one) && one[0] === said && typeof one[1] === 'string');
  return found && { title: found[1], effect: tracking?.split(' ', 1)[0] ?? '' };
}

function offersIn(tracking: string): readonly unknown[] {
  const blank = tracking.indexOf(' ');
  const offers = blank < 0 ? undefined : jsonOf(tracking.slice(blank + 1));
  return Array.isArray(offers) ? offers : [];
}
