import type { Json } from '../contract/index.js';
import type { Allowance } from './steps.js';

/** What templates and expressions see. */
export interface TemplateScope {
  /** Variables, and beside them `contact`, `channel`, `lastMessage`, `now`, `link`. */
  readonly data: Readonly<Record<string, Json | undefined>>;
  /** ISO time of the event, for `date: 'now'`. */
  readonly now: string;
  readonly timeZone: string;
  /** Of the flow: the language of names of days and months; English when absent. */
  readonly locale?: string;
  /** Of the contact: `1.000` is read by it, else by the flow's. */
  readonly language?: string;
  /** Variables that keep what a person sent. */
  readonly answers?: ReadonlySet<string>;
  readonly random: () => number;
  readonly warn: (code: string, detail: string) => void;
  /** The steps left for the templates of this turn; shared by its scopes. */
  readonly allowance?: Allowance;
}
