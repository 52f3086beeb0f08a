import './form.css';
import { type KeyboardEvent, useMemo } from 'react';
import type { Problem } from '../../../src/contract/flow.js';
import type { Field } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';
import { controls } from './controls/index.js';
import { FieldView } from './FieldView.js';
import { fields } from './fields/index.js';
import type { FormContext } from './form-context.js';
import { type Change, FormViewProvider } from './form-view.js';
import { isWithin } from './place-problems.js';
import { useSteady, useSteadyContext } from './use-steady.js';

interface Props {
  readonly field: Field;
  readonly value: Json | undefined;
  /** Where the value stands, in what `onChange` and the problems speak of: `/nodes/3/params`. */
  readonly pointer: string;
  readonly onChange: Change;
  /** Those at or within the pointer are shown, each at its field or the nearest one around it. */
  readonly problems: readonly Problem[];
  readonly context: FormContext;
}

/** Returns what draws a field: the control that it names, if there is such a one, else that of its kind. */
function drawerOf({ control = '', kind }: Field) {
  return Object.hasOwn(controls, control) ? controls[control as keyof typeof controls] : fields[kind];
}

/**
 * A form made of a description of fields. It keeps no copy of its value: each change is reported with its pointer, and what it implies
 * (members that have no place any more) with it, as a change of the object around them.
 *
 * @example <Form key={node.id} field={descriptor.form} value={node.params} pointer="/params" onChange={change} problems={problems} context={context} />
 */
export function Form({ field, value, pointer, onChange, problems, context }: Props) {
  const steady = useSteadyContext(context);
  const change = useSteady<Parameters<Change>>((...changed) => {
    if (!context.isReadOnly) onChange(...changed);
  });
  const view = useMemo(() => ({ context: steady, drawerOf }), [steady]);
  const own = useMemo(() => problems.filter((one) => isWithin(one.pointer, pointer)), [problems, pointer]);
  const keys = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
    const isRedo = (isUndo && event.shiftKey) || (event.ctrlKey && event.key.toLowerCase() === 'y');
    const act = isRedo ? context.onRedo : isUndo ? context.onUndo : undefined;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <FormViewProvider value={view}>
      <div className="form" data-pointer={pointer} onKeyDownCapture={keys}>
        <FieldView field={field} value={value} pointer={pointer} onChange={change} problems={own} />
      </div>
    </FormViewProvider>
  );
}
