import type { Json, VariableType, Vars, Warning } from '../contract/index.js';
import { asTyped } from '../params/reading.js';
import { coerce } from '../params/variable-value.js';
import type { Program } from './program.js';

/** A caller's data, read as the inputs of a flow. */
export interface Inputs {
  /** The values of declared inputs, each converted to its type. */
  readonly vars: Vars;
  /** Names that are not inputs of the flow. */
  readonly ignored: readonly string[];
  /** Inputs that are missing or cannot be converted. */
  readonly wrong: readonly WrongInput[];
  /** Values that were read with a guess. */
  readonly warnings: readonly Warning[];
}
/** An input that is missing or has another type. */
export interface WrongInput {
  readonly name: string;
  readonly type: VariableType;
  readonly mistake: 'missing' | 'wrong-type';
}

/**
 * Reads data as the variables that the flow declares as inputs. Values are converted to their types: `"3"` to a number, in the notation of the
 * contact's language if that is known, else of the flow's.
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
      // Null sets an optional input; a required one keeps its default.
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

/** Warns of a number whose last digits were lost when the JSON was parsed. */
function inexact(name: string, value: number): Warning {
  return {
    code: 'number/inexact',
    detail: `the input "${name}" was sent as a number with more digits than can be kept: it became ${value}. Send it as a text`,
  };
}
