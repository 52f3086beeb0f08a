import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { pointerOf } from '../../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../../src/contract/json.js';
import { useSay } from '../../look/Languages.js';
import { blankOf } from '../blank.js';
import { FieldView } from '../FieldView.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { freeName, renamed } from '../map-names.js';
import { objectOf } from '../members.js';
import { placeProblems } from '../place-problems.js';
import { IconButton, WordButton } from '../RowButtons.js';
import { useChangeLabel } from '../use-label.js';

/** Any names with values of one kind: rows of two columns. */
export function MapField(props: FieldProps) {
  const { field, value, pointer, onChange, problems } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const object = objectOf(value);
  const names = Object.keys(object);
  const item = { ...(field.item ?? { kind: 'any' as const }), required: true as const };
  const at = (name: string) => `${pointer}${pointerOf([name])}`;
  const placed = placeProblems(problems, names.map(at));
  const set = (next: Record<string, Json | undefined>) =>
    onChange(pointer, Object.keys(next).length === 0 && !field.required ? undefined : next, label);
  return (
    <Labelled {...props} isGroup problems={placed.own}>
      {(named) => (
        <>
          <ul className="rows" data-form="rows" aria-labelledby={named['aria-labelledby']}>
            {names.map((name) => (
              <li key={name} className="row">
                <div className="row-fields">
                  <div className="columns">
                    <Name name={name} isReadOnly={context.isReadOnly ?? false} onRename={(to) => set(renamed(object, name, to))} />
                    <FieldView
                      field={{ ...item, label: name }}
                      isBare
                      value={object[name]}
                      pointer={at(name)}
                      onChange={onChange}
                      problems={placed.byPointer.get(at(name)) ?? []}
                    />
                  </div>
                </div>
                {context.isReadOnly ? null : (
                  <IconButton
                    icon="x"
                    title={say('Remove {field}', { field: name })}
                    onClick={() => set(Object.fromEntries(Object.entries(object).filter(([one]) => one !== name)))}
                  />
                )}
              </li>
            ))}
          </ul>
          {context.isReadOnly ? null : (
            <WordButton icon="plus" title={say('Add')} onClick={() => set({ ...object, [freeName(names)]: blankOf(item) })} />
          )}
        </>
      )}
    </Labelled>
  );
}

/** The name of a row, which is changed when it is left: a half-written one might be that of another row. */
function Name({
  name,
  isReadOnly,
  onRename,
}: {
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly onRename: (to: string) => void;
}) {
  const say = useSay();
  const [written, setWritten] = useState<string>();
  return (
    <TextInput
      aria-label={say('Name')}
      classNames={{ input: 'mono' }}
      value={written ?? name}
      readOnly={isReadOnly}
      onChange={(event) => setWritten(event.currentTarget.value)}
      onBlur={() => {
        if (written !== undefined && written !== name) onRename(written);
        setWritten(undefined);
      }}
    />
  );
}
