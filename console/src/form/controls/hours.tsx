import type { Field } from '../../../../src/contract/form.js';
import { FieldView } from '../FieldView.js';
import { ListField } from '../fields/list.js';
import type { Change, FieldProps } from '../form-view.js';
import { fromList, inList, spansOf } from '../hours-list.js';
import { useSteady } from '../use-steady.js';

/** Hours of some days, one span or several. They are always drawn as a list; a single span is written without one. */
export function HoursControl(props: FieldProps) {
  const { field, value, pointer, onChange, problems } = props;
  const change = useSteady<Parameters<Change>>((at, next, label) => onChange(...fromList({ at, next, pointer, value }), label));
  // A template for a variable with hours.
  if (typeof value === 'string') return <FieldView {...props} field={{ ...field, kind: 'text', control: undefined }} />;
  return (
    <ListField
      {...props}
      field={{ ...field, kind: 'list', item: SPAN }}
      value={spansOf(value)}
      problems={problems.map((one) => ({ ...one, pointer: inList(one.pointer, { pointer, value }) }))}
      onChange={change}
    />
  );
}

const DAYS = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' };
const ZONES = { contact: 'Of the contact', flow: 'Of the flow' };
const titled = (titles: Readonly<Record<string, string>>) => Object.entries(titles).map(([value, title]) => ({ value, title }));

const SPAN: Field = {
  kind: 'object',
  fields: [
    { name: 'days', field: { kind: 'list', label: 'Days', unique: true, item: { kind: 'choice', values: titled(DAYS) } } },
    { name: 'from', field: { kind: 'string', label: 'From', control: 'time', required: true, default: '09:00' } },
    { name: 'to', field: { kind: 'string', label: 'To', control: 'time', required: true, default: '17:00' } },
    { name: 'zone', field: { kind: 'string', label: 'Time zone', control: 'timeZone', more: true, values: titled(ZONES) } },
  ],
};
