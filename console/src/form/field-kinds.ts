/** The kinds of fields that a form draws: all of `FieldKind`. `fields/index.ts` has what draws each. */
export const FIELD_KINDS = [
  'text',
  'sealed',
  'expression',
  'result',
  'regex',
  'variable',
  'flow',
  'channel',
  'json',
  'any',
  'string',
  'number',
  'boolean',
  'choice',
  'duration',
  'object',
  'list',
  'map',
  'condition',
  'alternatives',
] as const;

/** The controls that a field can name. `controls/index.ts` has what draws each. */
export const CONTROL_NAMES = [
  'choices',
  'message',
  'condition',
  'branches',
  'rows',
  'keywords',
  'duration',
  'portName',
  'time',
  'timeZone',
  'language',
  'secret',
] as const;
