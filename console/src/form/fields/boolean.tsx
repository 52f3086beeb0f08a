import { Switch } from '@mantine/core';
import { useId } from 'react';
import { useSay } from '../../look/Languages.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Problems } from '../Labelled.js';
import { useChangeLabel } from '../use-label.js';

/** Yes or no. Back at its default it is not there any more. */
export function BooleanField({ field, value, pointer, onChange, problems }: FieldProps) {
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const id = useId();
  const standard = field.default === true;
  const isOn = typeof value === 'boolean' ? value : standard;
  return (
    <div className="field" data-pointer={pointer}>
      <Switch
        className="switch"
        label={say(field.label ?? '')}
        labelPosition="left"
        checked={isOn}
        disabled={context.isReadOnly ?? false}
        aria-describedby={field.sentence ? id : undefined}
        onChange={(event) => {
          const next = event.currentTarget.checked;
          onChange(pointer, next === standard && !field.required ? undefined : next, label);
        }}
      />
      {field.sentence ? (
        <div className="field-below">
          <span className="field-sentence" id={id}>
            {say(field.sentence)}
          </span>
        </div>
      ) : null}
      <Problems problems={problems} />
    </div>
  );
}
