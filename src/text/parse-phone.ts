import { type CountryCode, isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

/** Reads a text as a phone number, and nothing around it: with `+`, or as it is dialled in a country (ISO 3166), if one is given. */
export function parsePhone(text: string, region?: string): PhoneNumber | undefined {
  if (region === undefined) return parsePhoneNumberFromString(text, { extract: false }, metadata);
  const defaultCountry = region.toUpperCase() as CountryCode;
  return isSupportedCountry(defaultCountry, metadata)
    ? parsePhoneNumberFromString(text, { extract: false, defaultCountry }, metadata)
    : undefined;
}
