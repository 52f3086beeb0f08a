import { isObject } from '../../../../src/contract/json/json-members.js';
import { useSay } from '../../look/Languages.js';
import { ChoiceBox } from '../ChoiceBox.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { NumberBox } from '../NumberBox.js';
import { WordButton } from '../RowButtons.js';
import { useChangeLabel } from '../use-label.js';

/** The units of a duration, with the words beside the number. */
const UNITS = [
  { value: 'seconds', title: 'seconds' },
  { value: 'minutes', title: 'minutes' },
  { value: 'hours', title: 'hours' },
  { value: 'days', title: 'days' },
];

/** A length of time: a number and its unit. */
export function DurationField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const standard = isObject(field.default) ? field.default : {};
  const { value: number, unit } = isObject(value) ? value : { value: undefined, unit: undefined };
  const shownUnit = unit ?? standard['unit'] ?? 'hours';
  const set = (next: { readonly number: number | undefined; readonly unit: typeof unit }) =>
    onChange(pointer, next.number === undefined && !field.required ? undefined : { value: next.number, unit: next.unit }, label);
  const remove =
    value !== undefined && !field.required && !context.isReadOnly ? (
      <WordButton
        title={field.default === undefined ? say('Remove') : say('Default')}
        onClick={() => onChange(pointer, undefined, label)}
      />
    ) : undefined;
  return (
    <Labelled {...props} aside={remove}>
      {(named) => (
        <div className="duration">
          <NumberBox
            field={{ kind: 'number', min: field.moreThan === undefined ? field.min : 1, default: standard['value'] }}
            named={named}
            value={typeof number === 'number' ? number : undefined}
            onChange={(next) => set({ number: next, unit: shownUnit })}
          />
          <ChoiceBox
            isSelect
            values={UNITS}
            value={shownUnit}
            named={{ 'aria-label': say('Unit') }}
            onChange={(next) => set({ number: typeof number === 'number' ? number : asNumber(standard['value']), unit: next })}
          />
        </div>
      )}
    </Labelled>
  );
}

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : 1;
}
