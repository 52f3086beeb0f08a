// Schemas for the params of node types, given to packages as `parley/params`: joi with the marks that the check, the console's form and the
// reference pages read, and functions that fill in templates. Inside of this repository each file is imported by itself.

/** The joi of this host. Import it from here: schemas of two copies of joi do not mix, and another major version is refused at start. */
export { default as Joi } from 'joi';
export { dateOf } from '../text/date.js';
export { duration, offset } from './duration.js';
export {
  choice,
  closed,
  described,
  expression,
  flowCode,
  json,
  numberOrText,
  oneOf,
  portName,
  sealed,
  shownText,
  text,
  variable,
} from './fields.js';
export { anyMessageParams, fillMessage, type MessageParams, messageParams } from './message.js';
export { checkMessage, checkOnPlatforms } from './message-limits.js';
export type { Operator } from './operators.js';
export { asTyped, asWritten, type Reading, type Typed } from './reading.js';
export { fillRows, type Row, rows } from './rows.js';
export { type Condition, condition, isTrue, type Rule } from './rule.js';
export { type Saved, save, savedOf } from './save.js';
export { asNumber, coerce } from './variable-value.js';
