import { TagsInput } from '@mantine/core';
import type { Json } from '../../../src/contract/json.js';
import { isSame } from '../flow/json-edit.js';
import { Icon } from '../look/Icon.js';
import { useSay } from '../look/Languages.js';
import { type FieldProps, useFormView } from './form-view.js';
import { Labelled } from './Labelled.js';
import { listOf, writtenList } from './list-value.js';
import { useChangeLabel } from './use-label.js';

/** A list of words to write. */
export function Tags(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const tags = listOf(value).map(String);
  const known = (field.item?.values ?? field.values ?? []).map((one) => String(one.value));
  return (
    <Labelled {...props}>
      {(named) => (
        <TagsInput
          {...named}
          data={known}
          value={tags}
          allowDuplicates={!field.unique}
          placeholder={tags.length === 0 ? say('Write, then press Enter') : ''}
          readOnly={context.isReadOnly ?? false}
          error={named['aria-invalid'] === true}
          onChange={(next) => onChange(pointer, writtenList(field, next), label)}
        />
      )}
    </Labelled>
  );
}

/** A list of known values, each to switch on and off. */
export function Chips(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const list = listOf(value);
  const values = field.item?.values ?? [];
  const toggle = (one: Json) => {
    const next = values.map((known) => known.value).filter((known) => isSame(known, one) !== list.some((set) => isSame(set, known)));
    onChange(pointer, writtenList(field, next), label);
  };
  return (
    <Labelled {...props} isGroup>
      {(named) => (
        // biome-ignore lint/a11y/useSemanticElements: the label is outside of it, as in all fields
        <div className="chips" role="group" aria-labelledby={named['aria-labelledby']} aria-describedby={named['aria-describedby']}>
          {values.map((one) => {
            const isOn = list.some((set) => isSame(set, one.value));
            return (
              <button
                key={String(one.value)}
                type="button"
                className="chip"
                aria-pressed={isOn}
                disabled={context.isReadOnly}
                onClick={() => toggle(one.value)}
              >
                {isOn ? <Icon name="check" size={13} /> : null}
                {say(one.title)}
              </button>
            );
          })}
        </div>
      )}
    </Labelled>
  );
}
