/** A text of a flow with its translation into one language, as translators and the API see it. */
export interface TextItem {
  /** The node and the pointer: `hello/message/text`. A text of the settings has the pointer alone: `/onError`. */
  readonly key: string;
  /** '' for a text of the settings. */
  readonly node: string;
  readonly nodeName?: string;
  /** A JSON Pointer into the params of the node, or into the settings. */
  readonly pointer: string;
  readonly source: string;
  readonly translation?: string;
  /** Whether the source has changed since it was translated. */
  readonly changed: boolean;
  /** The text that was translated, if it is known. */
  readonly translatedFrom?: string;
  /** What the text is: the label of its field, such as `Title`. */
  readonly hint?: string;
}

/** A translation that comes back. */
export interface TranslatedText {
  readonly key: string;
  /** `''` removes the translation. */
  readonly translation: string;
  /** The text that was translated. Today's text is meant if it is missing. */
  readonly source?: string;
  /** Whether somebody says that a translation which stays the same fits today's text. */
  readonly isConfirmed?: boolean;
}

/** Something that makes a file of translations unreadable. */
export interface TextProblem {
  /** Where it is, in words: `line 3`, `the unit "hello/message/text"`. */
  readonly place: string;
  /** `texts/bad-file`, or a code that says more. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** The texts of a file, or all of its problems: a file with problems changes nothing. */
export type ReadTexts =
  | { readonly texts: readonly TranslatedText[]; readonly language?: string }
  | { readonly problems: readonly TextProblem[] };

/** The formats of files for translators, with their media types. */
export const TEXT_FORMATS = { csv: 'text/csv', xliff: 'application/xliff+xml' } as const;
export type TextFormat = keyof typeof TEXT_FORMATS;
