import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { isObject } from '../../../../src/contract/json/json-members.js';
import { useSay } from '../../look/Languages.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { WordButton } from '../RowButtons.js';
import { useChangeLabel } from '../use-label.js';
import { asWords } from '../written-text.js';

/**
 * A secret, which can be written but not read: one that is set comes as `{ "set": true }`, and keeps its value if it is sent back so or left
 * out.
 */
export function SecretControl(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const isKept = isObject(value) && value['set'] === true;
  // What is kept while another one is being written.
  const [kept, setKept] = useState<typeof value>();
  const isReadOnly = context.isReadOnly ?? false;
  const replace = () => {
    setKept(value);
    onChange(pointer, '', label);
  };
  const keep = () => {
    onChange(pointer, kept, label);
    setKept(undefined);
  };
  const aside = isReadOnly ? undefined : isKept ? (
    <WordButton title={say('Replace')} aria-label={say('Replace {field}', { field: say(field.label ?? '') })} onClick={replace} />
  ) : kept === undefined ? undefined : (
    <WordButton title={say('Keep the old one')} onClick={keep} />
  );
  return (
    <Labelled {...props} aside={aside}>
      {(named) =>
        isKept ? (
          <div className="secret-kept" id={named.id}>
            •••••••• {say('is set')}
          </div>
        ) : (
          <PasswordInput
            {...named}
            autoComplete="off"
            data-1p-ignore
            value={asWords(value)}
            readOnly={isReadOnly}
            error={named['aria-invalid'] === true}
            visibilityToggleButtonProps={{ 'aria-label': say('Show or hide the text') }}
            onChange={(event) => onChange(pointer, event.currentTarget.value, label)}
          />
        )
      }
    </Labelled>
  );
}
