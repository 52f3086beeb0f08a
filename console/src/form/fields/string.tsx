import { Autocomplete, TextInput } from '@mantine/core';
import { useSay } from '../../look/Languages.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** A plain text, with values to suggest if there are any. */
export function StringField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const { context } = useFormView();
  const say = useSay();
  const label = useChangeLabel(field);
  const { values = [] } = field;
  const take = (text: string) => onChange(pointer, writtenText(field, text), label);
  const placeholder = asWords(field.example ?? field.default);
  return (
    <Labelled {...props}>
      {(named) =>
        values.length > 0 ? (
          <Autocomplete
            {...named}
            dir="auto"
            data={values.map((one) => String(one.value))}
            renderOption={({ option }) => <Suggestion value={option.value} title={say(titleOf(values, option.value))} />}
            value={asWords(value)}
            placeholder={placeholder}
            readOnly={context.isReadOnly ?? false}
            error={named['aria-invalid'] === true}
            onChange={take}
          />
        ) : (
          <TextInput
            {...named}
            dir="auto"
            value={asWords(value)}
            placeholder={placeholder}
            readOnly={context.isReadOnly ?? false}
            error={named['aria-invalid'] === true}
            onChange={(event) => take(event.currentTarget.value)}
          />
        )
      }
    </Labelled>
  );
}

function titleOf(values: FieldProps['field']['values'] & object, value: string): string {
  return values.find((one) => String(one.value) === value)?.title ?? '';
}

function Suggestion({ value, title }: { readonly value: string; readonly title: string }) {
  return (
    <span className="suggestion">
      {value} {title === value ? null : <span className="suggestion-detail">{title}</span>}
    </span>
  );
}
