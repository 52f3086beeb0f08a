import { readExpression, readTemplate, sealedMistake, templateSize } from '../../template/read-template.js';
import type { TemplateRead } from '../../template/template-read.js';
import { readPattern } from '../../text/pattern.js';
import type { HeldField } from '../held-fields.js';

/** The result of reading a field: its mistake if it has one, and what it reads. */
export interface ReadField {
  readonly mistake: string | undefined;
  readonly reads: readonly TemplateRead[];
}

/** Returns a function that reads the text of a field. It reads each field once, because several checks need it. */
export function createReader(): (field: HeldField) => ReadField {
  const readings = new Map<HeldField, ReadField>();
  return (field) => {
    const known = readings.get(field);
    if (known) return known;
    const reading = read(field);
    readings.set(field, reading);
    return reading;
  };
}

function read({ holds, value }: HeldField): ReadField {
  switch (holds) {
    case 'variable':
      return { mistake: undefined, reads: [] };
    case 'regex': {
      const pattern = readPattern(value);
      return { mistake: 'mistake' in pattern ? pattern.mistake : undefined, reads: readTemplate(value).reads };
    }
    case 'expression':
    case 'result':
      return readExpression(value);
    case 'sealed':
      return { mistake: sealedMistake(value), reads: readTemplate(value).reads };
    default:
      return readTemplate(value);
  }
}

/** Returns the cost of reading a field, in about microseconds. */
export function costOfReading({ holds, value }: HeldField): number {
  // Longer patterns are refused without being read.
  if (holds === 'regex') return 500 + 5 * Math.min(value.length, 500);
  if (holds === 'expression' || holds === 'result') return 10 + 3 * Math.min(value.length, 2_000);
  return 10 + 3 * templateSize(value);
}
