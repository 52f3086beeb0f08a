import { COUNTRY_ZONES } from './country-zones.js';
import { regionOfPhone } from './phones-in.js';

/**
 * Returns the time zone of a phone number's country; undefined if the country is unknown or has several time zones.
 *
 * @param phone E.164, with or without the `+`.
 * @example zoneOfPhone('+4915112345678') // Europe/Berlin
 */
export function zoneOfPhone(phone: string): string | undefined {
  const country = regionOfPhone(phone);
  return country === undefined ? undefined : COUNTRY_ZONES.get(country);
}
