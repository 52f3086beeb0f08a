import { useRef } from 'react';
import { isSame } from '../flow/json-edit.js';
import type { FormContext } from './form-context.js';

/** Returns a function that stays the same while what it does follows the newest render, so that what gets it need not be drawn again. */
export function useSteady<A extends readonly unknown[]>(act: (...given: A) => void): (...given: A) => void {
  const latest = useRef(act);
  latest.current = act;
  const steady = useRef((...given: A) => latest.current(...given));
  return steady.current;
}

/** Returns the context as it was as long as it says the same, so that a form need not be drawn again with each change of the flow. */
export function useSteadyContext(context: FormContext): FormContext {
  const kept = useRef(context);
  if (!saysTheSame(kept.current, context)) kept.current = context;
  return kept.current;
}

function saysTheSame(was: FormContext, is: FormContext): boolean {
  const { flow: _, variables, ...others } = is;
  return isSame(was.variables, variables) && Object.entries(others).every(([name, value]) => was[name as keyof typeof others] === value);
}
