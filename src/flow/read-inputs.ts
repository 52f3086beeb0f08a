import type { Json, VariableType, Vars, Warning } from '../contract/index.js';
import { asTyped } from '../params/reading.js';
import { coerce } from '../params/variable-value.js';
import type { Program } from './program.js';

/** What a caller's data comes to: values for declared inputs, each of its type; names that are no input; and what is wrong. */
export interface Inputs {
  readonly vars: Vars;
  readonly ignored: readonly string[];
  readonly wrong: readonly WrongInput[];
  /** What was read with a guess. */
  readonly warnings: readonly Warning[];
}
export interface WrongInput {
  readonly name: string;
  readonly type: VariableType;
  readonly mistake: 'missing' | 'wrong-type';
}

/**
 * Holds data against the variables that the flow declares as inputs. What says its value in another type (`"3"`) is taken as meant, a
 * number in the contact's language where that is known, else in the flow's.
 */
export function readInputs({ definition, settings }: Program, data: Vars, contact?: { readonly language?: string }): Inputs {
  const inputs = (definition.variables ?? []).filter(({ input }) => input);
  const vars: Record<string, Json> = {};
  const wrong: WrongInput[] = [];
  const warnings: Warning[] = [];
  const { timeZone, locale } = settings;
  const reading = asTyped({ timeZone, locale, contact, warn: (code, detail) => warnings.push({ code, detail }) });
  for (const { name, type, required, default: standard = null } of inputs) {
    const given = Object.hasOwn(data, name) ? data[name] : undefined;
    if (given === undefined || given === null) {
      if (required && standard === null) wrong.push({ name, type, mistake: 'missing' });
      // Null is a value, but not where one is needed: then the default stands.
      else if (given === null && !required) vars[name] = null;
      continue;
    }
    if (typeof given === 'number' && Math.abs(given) > Number.MAX_SAFE_INTEGER) warnings.push(inexact(name, given));
    const value = type === 'text' && typeof given === 'object' ? undefined : coerce(given, type, reading);
    if (value === undefined) wrong.push({ name, type, mistake: 'wrong-type' });
    else vars[name] = value;
  }
  const known = new Set(inputs.map(({ name }) => name));
  return { vars, ignored: Object.keys(data).filter((name) => !known.has(name)), wrong, warnings };
}

/** A number of JSON has lost its last digits before anybody could see them. */
function inexact(name: string, value: number): Warning {
  return {
    code: 'number/inexact',
    detail: `the input "${name}" came as a number of more digits than can be kept: it became ${value}; send it as a text`,
  };
}
