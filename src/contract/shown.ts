import type { Json } from './json.js';

/**
 * A message as a person sees it on the screen of a phone. An adapter makes it of the request that it would send (`ChannelAdapter.shows`), so
 * a preview, a flow test and an emulator show what the provider would show. Nothing here depends on the flow.
 *
 * @example { kind: 'text', text: 'Shall we come at nine?', buttons: [{ id: 'yes', title: 'Yes', does: 'reply' }] }
 */
export interface Shown {
  /** `text`, `image`, `video`, `audio`, `document`, `sticker`, `location`, `contacts`, `link`, `template`, `carousel`, `reaction`, `native` and so on: the types of messages. */
  readonly kind: string;
  /** The body, or the caption of a file. */
  readonly text?: string;
  readonly header?: string;
  readonly footer?: string;
  /** A file. `name` is what a document is called. */
  readonly media?: { readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker'; readonly url: string; readonly name?: string };
  /** Buttons below the message. */
  readonly buttons?: readonly ShownButton[];
  /** A list that a button opens. */
  readonly list?: { readonly button: string; readonly sections: readonly ShownSection[] };
  /** A keyboard in the place of the phone's own, as Viber has it. */
  readonly keyboard?: { readonly buttons: readonly ShownKey[] };
  /** The cards of a carousel. */
  readonly cards?: readonly ShownCard[];
  readonly place?: { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string };
  readonly people?: readonly { readonly name: string; readonly phone?: string; readonly email?: string }[];
  /** An emoji on the message that is reacted to. */
  readonly emoji?: string;
  /** The name and the language of a template whose texts only the provider knows, with its values. */
  readonly template?: { readonly name: string; readonly language: string; readonly values: readonly string[] };
  /** True if the message quotes the last one of the person. */
  readonly isQuoting?: true;
  /** What has no form of its own here: the provider's JSON. */
  readonly native?: Json;
}

/** A button. A tap on `reply` sends `id`; the others open an address, call a number, or share something of the person. */
export interface ShownButton {
  readonly id?: string;
  readonly title: string;
  readonly does: 'reply' | 'url' | 'phone' | 'location';
  readonly url?: string;
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
  readonly media?: NonNullable<Shown['media']>;
  readonly text?: string;
  readonly buttons?: readonly ShownButton[];
}
