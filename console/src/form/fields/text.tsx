import { useMemo } from 'react';
import { CharactersLeft } from '../CharactersLeft.js';
import type { FormContext } from '../form-context.js';
import { type FieldProps, FormViewProvider, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { useLimit } from '../message-view.js';
import { OfItem } from '../OfItem.js';
import { TemplateField } from '../template/TemplateField.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** A text with templates: `text`, and `sealed`, which may read secrets. */
export function TextField(props: FieldProps) {
  return (
    <OfItem isOfItem={props.field.ofItem}>
      <TemplateText {...props} />
    </OfItem>
  );
}

function TemplateText(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const label = useChangeLabel(field);
  const limit = useLimit(pointer);
  const own = limit ?? (field.max === undefined ? undefined : { limit: field.max, by: 'Parley' });
  const view = useFormView();
  const allowed = useMemo(() => ({ ...view, context: withSecrets(view.context, field.kind === 'sealed') }), [view, field.kind]);
  return (
    <FormViewProvider value={allowed}>
      <Labelled {...props} note={<CharactersLeft text={value} limit={own} />}>
        {(named) => (
          <TemplateField
            named={named}
            value={asWords(value)}
            rows={field.rows}
            placeholder={asWords(field.example ?? field.default)}
            onChange={(text) => onChange(pointer, writtenText(field, text), label)}
          />
        )}
      </Labelled>
    </FormViewProvider>
  );
}

/** Secrets are offered only where they may be read. */
function withSecrets(context: FormContext, isSealed: boolean): FormContext {
  return isSealed ? context : { ...context, variables: context.variables.filter(({ name }) => name !== 'secrets') };
}
