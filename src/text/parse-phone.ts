import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

/** Reads a text with `+` as a phone number, and nothing around it. */
export function parsePhone(text: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, { extract: false }, metadata);
}
