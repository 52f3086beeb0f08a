import { alternativesForm, alternativeTitle, numberOrText } from '../alternative.js';
import { blankOf } from '../blank.js';
import { ChoiceBox } from '../ChoiceBox.js';
import { FieldView } from '../FieldView.js';
import type { FieldProps } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { TemplateField } from '../template/TemplateField.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** A value that can be one of several kinds: which one is chosen beside the label. */
export function AlternativesField(props: FieldProps) {
  const { field, value, pointer, onChange, problems } = props;
  const label = useChangeLabel(field);
  const form = alternativesForm(field, value);
  if (form.kind === 'number-or-text')
    return (
      <Labelled {...props}>
        {(named) => (
          <TemplateField
            named={named}
            value={asWords(value)}
            placeholder={asWords(field.example ?? field.default)}
            isSame={(text) => numberOrText(text) === value}
            onChange={(text) => onChange(pointer, text === '' ? writtenText(field, '') : numberOrText(text), label)}
          />
        )}
      </Labelled>
    );
  const { fields, chosen } = form;
  const place = chosen ? fields.indexOf(chosen) : undefined;
  return (
    <Labelled {...props} isGroup problems={chosen ? [] : problems}>
      {(named) => (
        <>
          <ChoiceBox
            named={{ 'aria-labelledby': named['aria-labelledby'] }}
            isOptional={!field.required}
            values={fields.map((one, i) => ({ value: i, title: alternativeTitle(one, fields) }))}
            value={place}
            onChange={(next) => {
              const taken = typeof next === 'number' ? fields[next] : undefined;
              if (taken !== chosen) onChange(pointer, taken && blankOf(taken), label);
            }}
          />
          {chosen && !hasNothingToWrite(chosen) ? (
            <FieldView
              field={{ ...chosen, label: alternativeTitle(chosen, fields), sentence: undefined, required: true }}
              value={value}
              pointer={pointer}
              onChange={onChange}
              problems={problems}
              isBare
            />
          ) : null}
        </>
      )}
    </Labelled>
  );
}

/** One of the alternatives may be a single value: whoever chose it has said everything. */
function hasNothingToWrite({ kind, values = [] }: FieldProps['field']): boolean {
  return kind === 'choice' && values.length === 1;
}
