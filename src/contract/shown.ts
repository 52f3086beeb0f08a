import type { Json } from './json.js';

/**
 * A message as a person sees it on the screen of a phone. An adapter makes it of the request that it would send (`ChannelAdapter.shows`), so
 * a preview, a flow test and an emulator show what the provider would show. Nothing here depends on the flow. Members that would be empty are
 * left out.
 *
 * @example { kind: 'text', text: 'Shall we come at nine?', buttons: [{ id: 'yes', title: 'Yes', does: 'reply' }] }
 */
export interface Shown {
  /**
   * The type of message, as flows name it: `text`, `image`, `video`, `audio`, `document`, `sticker`, `location`, `contacts`, `link`, `template`,
   * `carousel`, `reaction`, `keyboard` (alone, without a text). Also `form`, `product`, `products`, `catalog`, `order`, `call`, and `native` for
   * what has no form here. A text or file with buttons is of the kind of the text or file.
   */
  readonly kind: string;
  /** The body, or the caption of a file. */
  readonly text?: string;
  readonly header?: string;
  readonly footer?: string;
  readonly media?: ShownMedia;
  /** Buttons below the message. */
  readonly buttons?: readonly ShownButton[];
  /** A list that a button opens. */
  readonly list?: { readonly button: string; readonly sections: readonly ShownSection[] };
  /** A keyboard in the place of the phone's own, as Viber has it. `colour`: the background, as `#rrggbb`. */
  readonly keyboard?: { readonly buttons: readonly ShownKey[]; readonly colour?: string };
  /** The cards of a carousel. */
  readonly cards?: readonly ShownCard[];
  readonly place?: { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string };
  readonly people?: readonly ShownPerson[];
  /** An emoji on the message that is reacted to. Missing if the reaction is taken back. */
  readonly emoji?: string;
  /** The name and the language of a template whose texts only the provider knows, with its values. */
  readonly template?: { readonly name: string; readonly language: string; readonly values?: readonly string[] };
  /** True if the message quotes one of the person. */
  readonly isQuoting?: true;
  /** What has no form of its own here: the provider's JSON. */
  readonly native?: Json;
}

/** A file: its address, or the provider's id of one that it has. `name` is what a document is called. */
export interface ShownMedia {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  readonly url?: string;
  readonly id?: string;
  readonly name?: string;
}

/**
 * A button, and what a tap does: `reply` sends `id`, `url` opens an address, `phone` and `location` hand over the person's number or a place,
 * `form` opens a form, `catalog` opens products, `call` calls, `none` does nothing. A button without words has its id or address as the title.
 */
export interface ShownButton {
  readonly id?: string;
  readonly title: string;
  /** Small words below the title. */
  readonly description?: string;
  readonly does: 'reply' | 'url' | 'phone' | 'location' | 'form' | 'catalog' | 'call' | 'none';
  readonly url?: string;
  /** The address of a picture on the button. */
  readonly image?: string;
}

/** Rows of a list under a common title. */
export interface ShownSection {
  readonly title?: string;
  readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
}

/** A button of a keyboard, with its place: `columns` of six, `rows` of two. */
export interface ShownKey extends ShownButton {
  readonly columns: number;
  readonly rows: number;
  /** The background, as `#rrggbb`. */
  readonly colour?: string;
}

/** A card of a carousel. */
export interface ShownCard {
  readonly media?: ShownMedia;
  readonly text?: string;
  readonly buttons?: readonly ShownButton[];
}

/** A person whose contact is shared. */
export interface ShownPerson {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
}

/** Something on a message that a person can tap: a button, or a row. */
export type ShownChoice = Omit<ShownButton, 'image'>;

/** Returns what can be tapped on a message, in the order of the screen. A row of products opens one. */
export function choicesIn({ kind, buttons = [], list, cards = [], keyboard }: Shown): readonly ShownChoice[] {
  const does = kind === 'products' ? 'catalog' : 'reply';
  const rows = (list?.sections ?? []).flatMap((section) => section.rows.map((row): ShownChoice => ({ ...row, does })));
  return [...buttons, ...rows, ...cards.flatMap((card) => card.buttons ?? []), ...(keyboard?.buttons ?? [])];
}

/**
 * Returns the choices that answer: a tap on them sends their id.
 *
 * @example repliesIn(shown)   // [{ id: 'yes', title: 'Yes' }, { id: 'no', title: 'No' }]
 */
export function repliesIn(shown: Shown): readonly { readonly id: string; readonly title: string }[] {
  return choicesIn(shown).flatMap(({ id, title, does }) => (does === 'reply' && id !== undefined ? [{ id, title }] : []));
}
