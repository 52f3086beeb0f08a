import type { FieldProps } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { TemplateField } from '../template/TemplateField.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** The code of a program: lines of letters of equal width, without templates. */
export function CodeControl(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const label = useChangeLabel(field);
  return (
    <Labelled {...props}>
      {(named) => (
        <TemplateField
          named={named}
          language="plain"
          isMono
          rows={field.rows ?? 4}
          value={asWords(value)}
          placeholder={asWords(field.example ?? field.default)}
          onChange={(text) => onChange(pointer, writtenText(field, text), label)}
        />
      )}
    </Labelled>
  );
}
