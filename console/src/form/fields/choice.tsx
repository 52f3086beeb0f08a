import { isSame } from '../../flow/json-edit.js';
import { ChoiceBox } from '../ChoiceBox.js';
import type { FieldProps } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { useChangeLabel } from '../use-label.js';

/** One of several values. Without a value, the default is shown as chosen. */
export function ChoiceField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const label = useChangeLabel(field);
  const isStandard = (next: typeof value) => !field.required && next !== undefined && isSame(next, field.default);
  return (
    <Labelled {...props}>
      {(named) => (
        <ChoiceBox
          named={named}
          values={field.values ?? []}
          value={value ?? field.default}
          isOptional={!field.required && field.default === undefined}
          onChange={(next) => onChange(pointer, isStandard(next) ? undefined : next, label)}
        />
      )}
    </Labelled>
  );
}
