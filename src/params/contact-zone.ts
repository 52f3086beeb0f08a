import type { NodeScope } from '../contract/index.js';
import { isTimeZone } from '../text/date.js';
import { phonesOf } from '../text/phones-in.js';
import { zoneOfPhone } from '../text/zone-of-phone.js';

/**
 * Returns the time zone that a field `zone` means: `contact` is the contact's own, else that of the country of their phone number if it has
 * only one, else the flow's; `flow` is the flow's; any other text is a name. Warns of an invalid zone of the contact.
 */
export function zoneOf(zone: string, scope: Pick<NodeScope<unknown>, 'contact' | 'timeZone' | 'warn'>): string {
  const { contact, timeZone } = scope;
  if (zone === 'flow') return timeZone;
  if (zone !== 'contact') return zone;
  const own = contact.timeZone ?? '';
  if (isTimeZone(own)) return own;
  const byPhone = phonesOf(contact.identities)
    .map(zoneOfPhone)
    .find((found) => found !== undefined);
  if (own !== '') scope.warn('wait/no-zone', `"${own}" is not a time zone; ${byPhone ?? timeZone} is taken instead`);
  return byPhone ?? timeZone;
}
