import type { Json } from '../contract/index.js';

/** What templates and expressions see. */
export interface TemplateScope {
  /** Variables, and beside them `contact`, `channel`, `lastMessage`, `now`, `link`. */
  readonly data: Readonly<Record<string, Json | undefined>>;
  /** ISO time of the event, for `date: 'now'`. */
  readonly now: string;
  readonly timeZone: string;
  readonly random: () => number;
  readonly warn: (code: string, detail: string) => void;
  /** What the templates of one turn may take together; shared by its scopes, and counted down. */
  readonly allowance?: Allowance;
}

/** In milliseconds. Each template is bounded by itself, but a turn may fill hundreds. */
export interface Allowance {
  left: number;
}
