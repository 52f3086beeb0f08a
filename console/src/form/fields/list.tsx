import { Menu, UnstyledButton } from '@mantine/core';
import type { Field } from '../../../../src/contract/form.js';
import type { Json } from '../../../../src/contract/json.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { blankOf } from '../blank.js';
import { changeKind } from '../change-member.js';
import { focusRow } from '../focus-row.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled, type Named } from '../Labelled.js';
import { columnsOf, type ListForm, listForm } from '../list-form.js';
import { listOf } from '../list-value.js';
import { objectOf } from '../members.js';
import { placeProblems } from '../place-problems.js';
import { Row } from '../Row.js';
import { WordButton } from '../RowButtons.js';
import { moved } from '../reorder.js';
import { Chips, Tags } from '../Tags.js';
import { useReorder } from '../use-reorder.js';

/** A list: tags, chips, rows of two fields, or cards, by what its members are. */
export function ListField(props: FieldProps) {
  const form = listForm(props.field);
  if (form === 'tags') return <Tags {...props} />;
  return form === 'chips' ? <Chips {...props} /> : <Rows {...props} form={form} />;
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
  const add = (kind?: Json) => {
    const blank = blankOf(item);
    onChange(
      pointer,
      [...list, kind === undefined ? blank : changeKind(item, objectOf(blank), kind)],
      say('Add to {field}', { field: name }),
    );
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
          {isFull || context.isReadOnly ? null : <Add item={item} name={name} onAdd={add} />}
        </>
      )}
    </Labelled>
  );
}

/** Adds a member; if it can be of several kinds, of the one that is chosen. */
function Add({ item, name, onAdd }: { readonly item: Field; readonly name: string; readonly onAdd: (kind?: Json) => void }) {
  const say = useSay();
  const words = { title: say('Add'), 'aria-label': say('Add to {field}', { field: name }) };
  if (!item.variants) return <WordButton icon="plus" {...words} onClick={() => onAdd()} />;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className="word-button" aria-label={words['aria-label']}>
          <Icon name="plus" size={15} />
          <span>{words.title}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {item.variants.cases.map(({ value, title }) => (
          <Menu.Item key={String(value)} onClick={() => onAdd(value)}>
            {say(title)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
