import type { FieldProps } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { TemplateField } from '../template/TemplateField.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** An expression without braces: of variables (`expression`), or of the result of a node (`result`). */
export function ExpressionField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const label = useChangeLabel(field);
  return (
    <Labelled {...props}>
      {(named) => (
        <TemplateField
          named={named}
          language="expression"
          isMono
          value={asWords(value)}
          placeholder={asWords(field.example ?? field.default)}
          onChange={(text) => onChange(pointer, writtenText(field, text), label)}
        />
      )}
    </Labelled>
  );
}
