/** What is wrong with a content, and the error code that Meta answers with. */
export interface Mistake {
  readonly code: number;
  readonly details: string;
}

/** What a rule finds: undefined if nothing is wrong. A text alone means 131009, "parameter value is not valid". */
export type Found = string | Mistake | undefined;

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const INVALID_VALUE = 131_009;
const INVALID_PARAMETER = 100;

/** Returns the mistake that a required parameter is missing. */
export function missing(parameter: string): Mistake {
  return invalidParameter(`The parameter ${parameter} is required.`);
}

/** Returns a mistake that Meta finds before it looks at the values. */
export function invalidParameter(details: string): Mistake {
  return { code: INVALID_PARAMETER, details };
}

/** Returns what a rule has found, with its code. */
export function mistakeOf(found: Found): Mistake | undefined {
  return typeof found === 'string' ? { code: INVALID_VALUE, details: found } : found;
}
