import type { Said } from './count.js';
import type { Person } from './person.js';
import type { Provider } from './provider.js';

/** Somebody with a colleague, for whom flows are started. */
export interface Served {
  /** The phone number of the colleague. */
  readonly colleague: string;
  /** With `told`, what the colleague reads after a message. */
  readonly said: readonly (Said & { readonly told?: string })[];
}

/** Returns the colleague of a person. What must reach the colleague follows from what the person has said: each start once, in order. */
export function colleagueOf(served: Served, { listen }: Pick<Provider, 'listen'>): Person {
  const heard = new Set<string>();
  listen(served.colleague, (text) => void heard.add(text));
  return {
    address: served.colleague,
    identities: [`whatsapp:${served.colleague}`],
    get said() {
      return served.said.flatMap(({ text, told, accepted }) => (told === undefined ? [] : [{ text, replies: [told], accepted }]));
    },
    get missing() {
      return this.said.filter(({ accepted, replies }) => accepted && replies.some((one) => !heard.has(one))).length;
    },
  };
}
