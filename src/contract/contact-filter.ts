/** Which contacts are meant. What is given must all fit. */
export interface ContactFilter {
  /** Words of the name, an identity, the values of fields, or digits of a phone number. */
  readonly text?: string | undefined;
  /** The code of a group that they are in. */
  readonly group?: string | undefined;
  /** Values of fields, by name. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}
