import { TextInput } from '@mantine/core';
import { useSay } from '../../look/Languages.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { Picker } from '../Picker.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** A plain text, with values to suggest if there are any. */
export function StringField(props: FieldProps) {
  const say = useSay();
  const { values = [] } = props.field;
  if (values.length === 0) return <PlainText {...props} />;
  return (
    <Picker {...props} picks={values.map(({ value, title }) => ({ value: String(value), detail: title === value ? '' : say(title) }))} />
  );
}

/** A plain text, of letters of equal width if it is a name for machines. */
export function PlainText({ isMono, type, ...props }: FieldProps & { readonly isMono?: boolean; readonly type?: 'text' | 'time' }) {
  const { field, value, pointer, onChange } = props;
  const { context } = useFormView();
  const label = useChangeLabel(field);
  return (
    <Labelled {...props}>
      {(named) => (
        <TextInput
          {...named}
          type={type ?? 'text'}
          dir="auto"
          classNames={isMono ? { input: 'mono' } : {}}
          value={asWords(value)}
          placeholder={asWords(field.example ?? field.default)}
          readOnly={context.isReadOnly ?? false}
          error={named['aria-invalid'] === true}
          onChange={(event) => onChange(pointer, writtenText(field, event.currentTarget.value), label)}
        />
      )}
    </Labelled>
  );
}
