import type { Piece } from './pieces.js';

/** A part of the body of a card. */
export type Block =
  /** A picture or a video; without an address only its icon. */
  | { readonly kind: 'picture'; readonly icon: 'photo' | 'video'; readonly url?: string }
  /** Words that the person reads; none if they are not written yet. */
  | { readonly kind: 'bubble'; readonly pieces: readonly Piece[] }
  /** What the person can tap: the first ones, and how many more there are. */
  | { readonly kind: 'choices'; readonly titles: readonly (readonly Piece[])[]; readonly more: number }
  /** What the node does. */
  | { readonly kind: 'line'; readonly pieces: readonly Piece[] };
