import { TagsInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Field } from '../../../../src/contract/form.js';
import type { Json } from '../../../../src/contract/json.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { blankOf } from '../blank.js';
import { FieldView } from '../FieldView.js';
import { focusRow } from '../focus-row.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled, type Named } from '../Labelled.js';
import { columnsOf, type ListForm, listForm, titleOfItem } from '../list-form.js';
import { Members } from '../Members.js';
import { isSameJson, objectOf } from '../members.js';
import { placeProblems } from '../place-problems.js';
import { Handle, IconButton, WordButton } from '../RowButtons.js';
import { moved } from '../reorder.js';
import { useChangeLabel } from '../use-label.js';
import { useReorder } from '../use-reorder.js';

/** A list: tags, chips, rows of two fields, or cards, by what its members are. */
export function ListField(props: FieldProps) {
  const form = listForm(props.field);
  if (form === 'tags') return <Tags {...props} />;
  return form === 'chips' ? <Chips {...props} /> : <Rows {...props} form={form} />;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a list without members as what its field holds then: nothing, unless the list is required. */
function written(field: Field, list: readonly Json[]): readonly Json[] | undefined {
  return list.length === 0 && !field.required ? undefined : list;
}

function Tags(props: FieldProps) {
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
          onChange={(next) => onChange(pointer, written(field, next), label)}
        />
      )}
    </Labelled>
  );
}

function Chips(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = useChangeLabel(field);
  const list = listOf(value);
  const values = field.item?.values ?? [];
  const toggle = (one: Json) => {
    const next = values
      .map((known) => known.value)
      .filter((known) => isSameJson(known, one) !== list.some((set) => isSameJson(set, known)));
    onChange(pointer, written(field, next), label);
  };
  return (
    <Labelled {...props} isGroup>
      {(named) => (
        // biome-ignore lint/a11y/useSemanticElements: the label is outside of it, as in all fields
        <div className="chips" role="group" aria-labelledby={named['aria-labelledby']} aria-describedby={named['aria-describedby']}>
          {values.map((one) => {
            const isOn = list.some((set) => isSameJson(set, one.value));
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

/** A list whose members are written one below the other. */
function Rows(props: FieldProps & { readonly form: ListForm }) {
  const { field, value, pointer, onChange, form, problems } = props;
  const say = useSay();
  const { context } = useFormView();
  const list = listOf(value);
  const item: Field = { ...(field.item ?? { kind: 'any' }), required: true };
  const name = say(field.label ?? '');
  const reorder = useReorder((from, to) => onChange(pointer, moved(list, from, to), say('Move in {field}', { field: name })));
  const placed = placeProblems(
    problems,
    list.map((_, i) => `${pointer}/${i}`),
  );
  const isFull = field.max !== undefined && list.length >= field.max;
  const columns = form === 'rows' ? columnsOf(item) : undefined;
  const add = () => {
    onChange(pointer, [...list, blankOf(item)], say('Add to {field}', { field: name }));
    focusRow(reorder.list, list.length);
  };
  const remove = (i: number) =>
    list.length === 1 && !field.required
      ? onChange(pointer, undefined, say('Remove from {field}', { field: name }))
      : onChange(`${pointer}/${i}`, undefined, say('Remove from {field}', { field: name }));
  return (
    <Labelled {...props} isGroup problems={placed.own}>
      {(named: Named) => (
        <>
          {columns && list.length > 0 ? (
            <div className="row-heads" aria-hidden="true">
              {columns.map((one) => (
                <span key={one.name}>{say(one.field.label ?? '')}</span>
              ))}
            </div>
          ) : null}
          <ul className="rows" data-form={form} ref={reorder.list} aria-labelledby={named['aria-labelledby']}>
            {list.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a member of a list has no name but its place
              <li key={i} className="row" {...reorder.row(i)}>
                <Row
                  {...props}
                  item={item}
                  value={one}
                  pointer={`${pointer}/${i}`}
                  problems={placed.byPointer.get(`${pointer}/${i}`) ?? []}
                  place={i}
                  count={list.length}
                  handle={reorder.handle(i)}
                  onRemove={() => remove(i)}
                />
              </li>
            ))}
          </ul>
          {isFull || context.isReadOnly ? null : (
            <WordButton icon="plus" title={say('Add')} aria-label={say('Add to {field}', { field: name })} onClick={add} />
          )}
        </>
      )}
    </Labelled>
  );
}

interface RowProps extends FieldProps {
  readonly form: ListForm;
  readonly item: Field;
  readonly place: number;
  readonly count: number;
  readonly handle: ReturnType<ReturnType<typeof useReorder>['handle']>;
  readonly onRemove: () => void;
}

function Row(props: RowProps) {
  const { form, item, value, place, count, handle, onRemove } = props;
  const say = useSay();
  const { context } = useFormView();
  const title = titleOfItem(value) || `${say(item.label ?? 'Number')} ${place + 1}`;
  const [isOpen, setOpen] = useState(false);
  const hasMore = form === 'rows' && (item.fields ?? []).length > 2;
  const grip = count > 1 && !context.isReadOnly ? <Handle title={title} place={place} count={count} {...handle} /> : null;
  const bin = context.isReadOnly ? null : <IconButton icon="x" title={say('Remove {field}', { field: title })} onClick={onRemove} />;
  if (form === 'cards') return <Card {...props} title={title} grip={grip} bin={bin} />;
  return (
    <>
      {grip}
      <div className="row-fields">
        {form === 'rows' ? <Columns {...props} isOpen={isOpen} /> : <FieldView {...props} field={{ ...item, label: title }} isBare />}
      </div>
      {hasMore ? (
        <IconButton icon="dots" title={say('More of {row}', { row: title })} isExpanded={isOpen} onClick={() => setOpen(!isOpen)} />
      ) : null}
      {bin}
    </>
  );
}

/** The two fields of a row beside each other, and what else is set below them. */
function Columns(props: RowProps & { readonly isOpen: boolean }) {
  const { item, value, pointer, problems, isOpen } = props;
  const columns = columnsOf(item) ?? [];
  const names = columns.map(({ name }) => name);
  const placed = placeProblems(
    problems,
    names.map((name) => `${pointer}/${name}`),
  );
  return (
    <>
      <div className="columns">
        {columns.map(({ name, field }) => (
          <FieldView
            key={name}
            {...props}
            field={field}
            isBare
            value={objectOf(value)[name]}
            pointer={`${pointer}/${name}`}
            problems={placed.byPointer.get(`${pointer}/${name}`) ?? []}
          />
        ))}
      </div>
      <Members {...props} field={item} without={names} problems={placed.own} isOpen={isOpen} />
    </>
  );
}

/** A member with many fields: a card that can be folded. */
function Card(props: RowProps & { readonly title: string; readonly grip: ReactNode; readonly bin: ReactNode }) {
  const { item, title, grip, bin, problems, count, place } = props;
  const say = useSay();
  const [isOpen, setOpen] = useState(count <= 3 || problems.length > 0);
  const isShown = isOpen || problems.length > 0;
  return (
    <div className="item">
      <div className="item-head">
        {grip}
        <button type="button" className="item-title" aria-expanded={isShown} onClick={() => setOpen(!isOpen)}>
          <Icon name={isShown ? 'chevron-down' : 'chevron-right'} size={14} />
          <span>{isShown ? `${say(item.label ?? 'Number')} ${place + 1}` : title}</span>
        </button>
        {bin}
      </div>
      {isShown ? (
        <div className="item-fields">
          <FieldView {...props} field={{ ...item, label: undefined }} />
        </div>
      ) : null}
    </div>
  );
}
