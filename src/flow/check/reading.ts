import { readPattern } from '../../params/pattern.js';
import { expressionMistake, readTemplate, sealedMistake, templateSize } from '../../template/read-template.js';
import type { HeldField } from '../held-fields.js';

/** The result of reading a field: its mistake if it has one, and the variables that it reads, as paths of names. */
export interface ReadField {
  readonly mistake: string | undefined;
  readonly paths: readonly (readonly string[])[];
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
      return { mistake: undefined, paths: [] };
    case 'regex': {
      const pattern = readPattern(value);
      return { mistake: 'mistake' in pattern ? pattern.mistake : undefined, paths: readTemplate(value).reads };
    }
    case 'expression':
    case 'result': {
      const mistake = expressionMistake(value);
      return { mistake, paths: mistake === undefined ? readTemplate(`{{ ${value} }}`).reads : [] };
    }
    case 'sealed':
      return { mistake: sealedMistake(value), paths: readTemplate(value).reads };
    default: {
      const { mistake, reads } = readTemplate(value);
      return { mistake, paths: reads };
    }
  }
}

/** Returns the cost of reading a field, in about microseconds. */
export function costOfReading({ holds, value }: HeldField): number {
  // Longer patterns are refused without being read.
  if (holds === 'regex') return 500 + 5 * Math.min(value.length, 500);
  if (holds === 'expression' || holds === 'result') return 10 + 3 * Math.min(value.length, 2_000);
  return 10 + 3 * templateSize(value);
}
