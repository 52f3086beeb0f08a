import type { Contact } from '../contract/index.js';
import { regionOfPhone } from '../text/phones-in.js';

/** Returns the country of a contact's phone number (ISO 3166), undefined if none of them is known. A WhatsApp id is a phone number, too. */
export function regionOf({ identities }: Pick<Contact, 'identities'>): string | undefined {
  const phones = identities.flatMap((identity) => /^(?:phone|whatsapp):(\+?\d+)$/.exec(identity)?.[1] ?? []);
  return phones.map(regionOfPhone).find((region) => region !== undefined);
}
