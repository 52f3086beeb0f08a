import { type ComponentType, createContext, useContext } from 'react';
import type { Problem } from '../../../src/contract/flow.js';
import type { Field } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';
import { type FormContext, NO_CONTEXT } from './form-context.js';

/**
 * Called with each change of a form.
 *
 * @param pointer - JSON Pointer to what has changed
 * @param value - what stands there now; undefined removes it. A member of a list is taken out, so that the next ones move up
 * @param label - the change in words, for the list of undo: `Change Text`
 */
export type Change = (pointer: string, value: Json | undefined, label?: string) => void;

/** What a field and a control are drawn from. They read and change the value at their pointer, and nothing else. */
export interface FieldProps {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly pointer: string;
  readonly onChange: Change;
  /** Those at the pointer and within it. */
  readonly problems: readonly Problem[];
  /** The label is there for screen readers alone: the field stands in a column that has one. */
  readonly isBare?: boolean;
}

/** What all fields of a form share. */
export interface FormView {
  readonly context: FormContext;
  /** Returns what draws a field: the control that it names, else the one for its kind. */
  readonly drawerOf: (field: Field) => ComponentType<FieldProps>;
}

const View = createContext<FormView>({ context: NO_CONTEXT, drawerOf: () => () => null });

export const FormViewProvider = View.Provider;

/** Returns what the fields of this form share. */
export function useFormView(): FormView {
  return useContext(View);
}
