import type { Json } from '../contract/index.js';
import type { TemplateScope } from './program.js';

/** Fills texts from strangers: Liquid without files, bounded in parsing, rendering and memory. Total: a mistake is empty text and a warning. */
export interface Templates {
  text(source: string, scope: TemplateScope): string;
  /** Through all of a JSON value; a text that is one lone `{{ expression }}` keeps the value's type. */
  value(source: Json, scope: TemplateScope): Json;
  expression(source: string, scope: TemplateScope): Json | undefined;
  /** As `value`, but `{{ secrets.X }}` stays `{ secret: 'X' }` between parts of text. */
  sealed(source: Json, scope: TemplateScope): Json;
}
