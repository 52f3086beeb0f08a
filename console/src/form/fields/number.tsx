import { useSay } from '../../look/Languages.js';
import type { FieldProps } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { NumberBox } from '../NumberBox.js';
import { useChangeLabel } from '../use-label.js';

/** A number with its unit. */
export function NumberField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const label = useChangeLabel(field);
  return (
    <Labelled {...props}>
      {(named) => (
        <NumberBox
          field={field}
          named={named}
          value={typeof value === 'number' ? value : undefined}
          unit={field.unit ? <span className="unit">{say(field.unit)}</span> : undefined}
          onChange={(next) => onChange(pointer, next, label)}
        />
      )}
    </Labelled>
  );
}
