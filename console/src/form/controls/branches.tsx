import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Field } from '../../../../src/contract/form.js';
import type { JsonObject } from '../../../../src/contract/json.js';
import { useSay } from '../../look/Languages.js';
import { BLANK_RULE } from '../condition-tree.js';
import { FieldView } from '../FieldView.js';
import { focusRow } from '../focus-row.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled, Problems } from '../Labelled.js';
import { MemberFields } from '../MemberFields.js';
import { objectOf } from '../members.js';
import { BRANCH_NAMES, newRow, withTitle } from '../named-row.js';
import { placeProblems } from '../place-problems.js';
import { Handle, IconButton, WordButton } from '../RowButtons.js';
import { moved } from '../reorder.js';
import { useReorder } from '../use-reorder.js';
import { asWords } from '../written-text.js';

/** Branches with a port each: a title, whose name of the port follows it until it is set by hand, and the condition. */
export function BranchesControl(props: FieldProps) {
  const { field, value, pointer, onChange, problems } = props;
  const say = useSay();
  const { context } = useFormView();
  const branches = Array.isArray(value) ? value.map(objectOf) : [];
  const name = say(field.label ?? '');
  const reorder = useReorder((from, to) => onChange(pointer, moved(branches, from, to), say('Move in {field}', { field: name })));
  const placed = placeProblems(
    problems,
    branches.map((_, i) => `${pointer}/${i}`),
  );
  const add = () => {
    const fresh = { ...newRow(branches, BRANCH_NAMES), title: '', when: BLANK_RULE };
    onChange(pointer, [...branches, fresh], say('Add to {field}', { field: name }));
    focusRow(reorder.list, branches.length);
  };
  const isFull = field.max !== undefined && branches.length >= field.max;
  return (
    <Labelled {...props} isGroup problems={placed.own}>
      {(named) => (
        <>
          <ul className="rows" data-form="cards" ref={reorder.list} aria-labelledby={named['aria-labelledby']}>
            {branches.map((branch, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: its name changes while one writes the title
              <li key={i} className="row" {...reorder.row(i)}>
                <Branch
                  {...props}
                  branches={branches}
                  branch={branch}
                  place={i}
                  pointer={`${pointer}/${i}`}
                  problems={placed.byPointer.get(`${pointer}/${i}`) ?? []}
                  handle={reorder.handle(i)}
                  onRemove={() => onChange(`${pointer}/${i}`, undefined, say('Remove from {field}', { field: name }))}
                />
              </li>
            ))}
          </ul>
          {isFull || context.isReadOnly ? null : <WordButton icon="plus" title={say('Add a branch')} onClick={add} />}
        </>
      )}
    </Labelled>
  );
}

interface BranchProps extends FieldProps {
  readonly branches: readonly JsonObject[];
  readonly branch: JsonObject;
  readonly place: number;
  readonly handle: ReturnType<ReturnType<typeof useReorder>['handle']>;
  readonly onRemove: () => void;
}

function Branch(props: BranchProps) {
  const { field, branches, branch, place, pointer, problems, onChange, handle, onRemove } = props;
  const say = useSay();
  const { context } = useFormView();
  const [isOpen, setOpen] = useState(false);
  const id = asWords(branch['name']);
  const title = asWords(branch['title']);
  const words = title || id || say('Number {place}', { place: place + 1 });
  const placed = placeProblems(problems, [`${pointer}/title`, `${pointer}/when`]);
  const isShown = isOpen || placed.own.length > 0;
  const item: Field = field.item ?? { kind: 'object' };
  const when = item.fields?.find((one) => one.name === 'when')?.field ?? { kind: 'condition' };
  const at = (name: string) => placed.byPointer.get(`${pointer}/${name}`) ?? [];
  return (
    <div className="item">
      <div className="item-head">
        {branches.length > 1 && !context.isReadOnly ? <Handle title={words} place={place} count={branches.length} {...handle} /> : null}
        <TextInput
          className="branch-title"
          aria-label={say('Title of branch {place}', { place: place + 1 })}
          dir="auto"
          value={title}
          placeholder={id || say('Title')}
          readOnly={context.isReadOnly ?? false}
          error={at('title').length > 0}
          onChange={(event) => {
            const next = withTitle(branches, place, { title: event.currentTarget.value, names: BRANCH_NAMES });
            const label = say('Change Branches');
            if (next['name'] === branch['name']) onChange(`${pointer}/title`, event.currentTarget.value, label);
            else onChange(pointer, next, label);
          }}
        />
        <button
          type="button"
          className="choice-id"
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isShown}
          aria-label={`${say('More options of {row}', { row: words })}: ${id}`}
        >
          {id}
        </button>
        {context.isReadOnly ? null : <IconButton icon="x" title={say('Remove {field}', { field: words })} onClick={onRemove} />}
      </div>
      <div className="item-fields">
        <Problems problems={at('title')} />
        {isShown ? (
          <MemberFields
            {...props}
            field={{ ...item, label: undefined }}
            value={branch}
            problems={placed.own}
            without={['title', 'when']}
            isOpen
          />
        ) : null}
        <FieldView
          field={{ ...when, label: undefined }}
          value={branch['when']}
          pointer={`${pointer}/when`}
          onChange={onChange}
          problems={at('when')}
        />
      </div>
    </div>
  );
}
