import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';
import { loadPhoneMetadata, loadPhones } from './load-later.js';

/** Reads a text as a phone number, and nothing around it: with `+`, or as it is dialled in a country (ISO 3166), if one is given. */
export function parsePhone(text: string, region?: string): PhoneNumber | undefined {
  const { parsePhoneNumberFromString, isSupportedCountry } = loadPhones();
  const metadata = loadPhoneMetadata();
  if (region === undefined) return parsePhoneNumberFromString(text, { extract: false }, metadata);
  const defaultCountry = region.toUpperCase() as CountryCode;
  return isSupportedCountry(defaultCountry, metadata)
    ? parsePhoneNumberFromString(text, { extract: false, defaultCountry }, metadata)
    : undefined;
}
