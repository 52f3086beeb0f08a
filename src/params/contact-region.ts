import type { Contact } from '../contract/index.js';
import { phonesOf, regionOfPhone } from '../text/phones-in.js';

/** Returns the country of a contact's phone number (ISO 3166), undefined if none of them is known. */
export function regionOf({ identities }: Pick<Contact, 'identities'>): string | undefined {
  return phonesOf(identities)
    .map(regionOfPhone)
    .find((region) => region !== undefined);
}
