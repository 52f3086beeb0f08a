import { readPattern } from '../../params/pattern.js';
import { expressionMistake, readTemplate, sealedMistake, templateSize } from '../../template/read-template.js';
import type { HeldField } from '../held-fields.js';

/** A text that means more than itself, read: why it cannot be read, and the variables that it reads, as paths of names. */
export interface Reading {
  readonly mistake: string | undefined;
  readonly paths: readonly (readonly string[])[];
}

/** Returns a function that reads the text of a field, each field once: several checks ask for it. */
export function createReader(): (field: HeldField) => Reading {
  const readings = new Map<HeldField, Reading>();
  return (field) => {
    const known = readings.get(field);
    if (known) return known;
    const reading = read(field);
    readings.set(field, reading);
    return reading;
  };
}

function read({ holds, value }: HeldField): Reading {
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

/** The cost of reading a field, in about microseconds. */
export function costOfReading({ holds, value }: HeldField): number {
  // A longer pattern is refused unread.
  if (holds === 'regex') return 500 + 5 * Math.min(value.length, 500);
  if (holds === 'expression' || holds === 'result') return 10 + 3 * Math.min(value.length, 2_000);
  return 10 + 3 * templateSize(value);
}
