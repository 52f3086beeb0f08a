import type { Json } from '../contract/index.js';
import type { Allowance } from './steps.js';

/** What templates and expressions can use. */
export interface TemplateScope {
  /** Variables, and beside them `contact`, `channel`, `lastMessage`, `now`, `link`. */
  readonly data: Readonly<Record<string, Json | undefined>>;
  /** ISO time of the event, for `date: 'now'`. */
  readonly now: string;
  readonly timeZone: string;
  /** The language of the flow, for names of days and months. Default: English. */
  readonly locale?: string;
  /** The language of the contact. Numbers such as `1.000` are read by it, or else by `locale`. */
  readonly language?: string;
  /** The names of variables that keep what a person sent. */
  readonly answers?: ReadonlySet<string>;
  readonly random: () => number;
  readonly warn: (code: string, detail: string) => void;
  /** The steps that are left for all templates of this turn. Shared by its scopes. */
  readonly allowance?: Allowance;
}
