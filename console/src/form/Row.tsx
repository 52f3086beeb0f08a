import { type ReactNode, useState } from 'react';
import type { Field } from '../../../src/contract/form.js';
import { Icon } from '../look/Icon.js';
import { useSay } from '../look/Languages.js';
import { FieldView } from './FieldView.js';
import { type FieldProps, useFormView } from './form-view.js';
import { columnsOf, type ListForm, restOfRow, titleOfItem } from './list-form.js';
import { MemberFields } from './MemberFields.js';
import { caseOf, membersOf, objectOf } from './members.js';
import { placeProblems } from './place-problems.js';
import { Handle, IconButton } from './RowButtons.js';
import type { useReorder } from './use-reorder.js';

interface RowProps extends FieldProps {
  readonly form: ListForm;
  readonly item: Field;
  readonly place: number;
  readonly count: number;
  readonly handle: ReturnType<ReturnType<typeof useReorder>['handle']>;
  readonly onRemove: () => void;
}

/** A member of a list: in a line, in two columns, or as a card. */
export function Row(props: RowProps) {
  const { form, item, value, place, count, handle, onRemove } = props;
  const say = useSay();
  const { context } = useFormView();
  const kind = caseOf(item, value)?.title;
  const title = (kind === undefined ? titleOfItem(value) : say(kind)) || `${say(item.label ?? 'Number')} ${place + 1}`;
  const [isOpen, setOpen] = useState(false);
  const hasMore = form === 'rows' && (item.fields ?? []).length > 2;
  const grip = count > 1 && !context.isReadOnly ? <Handle title={title} place={place} count={count} {...handle} /> : null;
  const bin = context.isReadOnly ? null : <IconButton icon="x" title={say('Remove {field}', { field: title })} onClick={onRemove} />;
  if (form === 'cards') return <Card {...props} title={title} grip={grip} bin={bin} />;
  return (
    <>
      {grip}
      <div className="row-fields">
        {form === 'rows' ? (
          <Columns {...props} isOpen={isOpen} onOpen={() => setOpen(true)} />
        ) : (
          <FieldView {...props} field={{ ...item, label: title }} isBare />
        )}
      </div>
      {hasMore ? (
        <IconButton icon="dots" title={say('More options of {row}', { row: title })} isExpanded={isOpen} onClick={() => setOpen(!isOpen)} />
      ) : null}
      {bin}
    </>
  );
}

/** The two fields of a row beside each other, and what else is set below them. */
function Columns(props: RowProps & { readonly isOpen: boolean; readonly onOpen: () => void }) {
  const { item, value, pointer, problems, isOpen, onOpen } = props;
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
      {isOpen || placed.own.length > 0 ? (
        <MemberFields {...props} field={item} without={names} problems={placed.own} isOpen />
      ) : (
        <Rest {...props} onOpen={onOpen} />
      )}
    </>
  );
}

/** What a row has beside its two columns, in words, while that is folded. */
function Rest({ item, value, onOpen }: RowProps & { readonly onOpen: () => void }) {
  const say = useSay();
  const names = columnsOf(item)?.map(({ name }) => name) ?? [];
  const rest = restOfRow(
    (item.fields ?? []).filter(({ name }) => !names.includes(name)),
    value,
  );
  if (rest.length === 0) return null;
  const words = rest.map((one) => (one.value === '' ? say(one.label) : `${say(one.label)}: ${say(one.value)}`)).join(' · ');
  return (
    <button type="button" className="row-rest" onClick={onOpen}>
      {words}
    </button>
  );
}

/** A member with many fields: a card that can be folded. */
function Card(props: RowProps & { readonly title: string; readonly grip: ReactNode; readonly bin: ReactNode }) {
  const { item, value, title, grip, bin, problems, count, place } = props;
  const say = useSay();
  const [isOpen, setOpen] = useState(count <= 3 || problems.length > 0);
  const isShown = isOpen || problems.length > 0;
  const kind = caseOf(item, value)?.title;
  const chosen = kind === undefined ? undefined : say(kind);
  return (
    <div className="item">
      <div className="item-head">
        {grip}
        <button type="button" className="item-title" aria-expanded={isShown} onClick={() => setOpen(!isOpen)}>
          <Icon name={isShown ? 'chevron-down' : 'chevron-right'} size={14} />
          <span>{isShown ? (chosen ?? `${say(item.label ?? 'Number')} ${place + 1}`) : title}</span>
        </button>
        {bin}
      </div>
      {isShown && membersOf(item, value).some(({ name }) => name !== item.variants?.by) ? (
        <div className="item-fields">
          <MemberFields {...props} field={item} without={item.variants ? [item.variants.by] : []} />
        </div>
      ) : null}
    </div>
  );
}
