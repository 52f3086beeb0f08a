import { type ReactNode, useRef, useState } from 'react';
import type { FieldGroup, NamedField } from '../../../src/contract/form.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../src/contract/json.js';
import { useSay } from '../look/Languages.js';
import { withPlacedAlternatives } from './alternative.js';
import { ChoiceBox } from './ChoiceBox.js';
import { changeMember, chooseMember, isOnlyMember } from './change-member.js';
import { FieldView } from './FieldView.js';
import { type Change, type FieldProps, useFormView } from './form-view.js';
import { Problems } from './Labelled.js';
import { groupsOf, membersOf, objectOf, shownMembers } from './members.js';
import { NO_PROBLEMS, placeProblems } from './place-problems.js';
import { IconButton, WordButton } from './RowButtons.js';
import { useSteady } from './use-steady.js';

interface Props extends FieldProps {
  /** Members that are drawn elsewhere, such as the kind of a message. */
  readonly without?: readonly string[];
  /** Whether the members behind "more" are shown, where something else opens them. */
  readonly isOpen?: boolean;
}

/** The members of an object: those that are shown, then the rest behind "3 more: Header, …". */
export function MemberFields(props: Props) {
  const { field, value, pointer, problems, without = [] } = props;
  const say = useSay();
  const [wasOpened, setOpen] = useState(false);
  const isOpen = props.isOpen ?? wasOpened;
  const everShown = useRef(new Set<string>());
  const pointers = (names: readonly string[]) => names.map((name) => `${pointer}${pointerOf([name])}`);
  const troubled = problems.flatMap((one) => memberName(one.pointer, pointer));
  const { shown, folded, ...others } = shownMembers(field, value, new Set([...everShown.current, ...troubled]));
  // The form of a whole document shows a part of it.
  const misplaced = pointer === '' ? [] : others.misplaced;
  for (const { name } of shown) if (objectOf(value)[name] !== undefined) everShown.current.add(name);
  const visible = (isOpen ? [...shown, ...folded] : shown).filter(({ name }) => !without.includes(name));
  const hidden = isOpen ? [] : folded.filter(({ name }) => !without.includes(name));
  const placed = placeProblems(problems, pointers([...visible.map(({ name }) => name), ...misplaced]));
  return (
    <>
      <Problems problems={placed.own} />
      {visible.map((one) => (
        <Member
          key={one.name}
          {...props}
          member={one}
          problems={placed.byPointer.get(`${pointer}${pointerOf([one.name])}`) ?? NO_PROBLEMS}
        />
      ))}
      {hidden.length > 0 && props.isOpen === undefined ? <More fields={hidden} onOpen={() => setOpen(true)} /> : null}
      {misplaced.map((name) => (
        <Misplaced
          key={name}
          name={name}
          problems={placed.byPointer.get(`${pointer}${pointerOf([name])}`) ?? NO_PROBLEMS}
          onRemove={() => props.onChange(`${pointer}${pointerOf([name])}`, undefined, say('Remove {field}', { field: name }))}
        />
      ))}
    </>
  );
}

function memberName(at: string, pointer: string): readonly string[] {
  const [name] = at.startsWith(`${pointer}/`) ? at.slice(pointer.length + 1).split('/') : [];
  return name === undefined ? [] : [name.replaceAll('~1', '/').replaceAll('~0', '~')];
}

/** One member. A change of it that implies more is a change of the whole object, so that it is one step of undo. */
function Member({ member: { name, field: inner }, ...props }: Props & { readonly member: NamedField }) {
  const { field, value, pointer, onChange, problems } = props;
  const own = `${pointer}${pointerOf([name])}`;
  const change = useSteady<Parameters<Change>>((at, next, label) => {
    if (at !== own) return onChange(at, next, label);
    const object = changeMember(field, value, { name, next });
    return isOnlyMember(value, object, name) ? onChange(at, next, label) : onChange(pointer, object, label);
  });
  const group = groupsOf(field, value).find(({ kind, members }) => (kind === 'xor' || kind === 'oxor') && members.includes(name));
  const drawn = withPlacedAlternatives(inner, value, membersOf(field, value));
  const view = { value: objectOf(value)[name], pointer: own, onChange: change, problems };
  return group ? (
    <OneOf {...props} group={group} name={name}>
      <FieldView {...view} field={{ ...drawn, required: true }} isBare />
    </OneOf>
  ) : (
    <FieldView {...view} field={drawn} />
  );
}

/** A group of which one member is set: which one is chosen above it. */
function OneOf({
  field,
  value,
  pointer,
  onChange,
  group,
  name,
  children,
}: FieldProps & { readonly group: FieldGroup; readonly name: string; readonly children: ReactNode }) {
  const say = useSay();
  const object = objectOf(value);
  const members = new Map(membersOf(field, value).map((one) => [one.name, one.field]));
  const set = group.members.find((one) => object[one] !== undefined);
  const isFirst = group.members[0] === name;
  const label = say('Change {field}', { field: say(field.label ?? '') });
  const choose = (next: Json | undefined) => {
    if (typeof next === 'string') onChange(pointer, chooseMember(field, value, { group, name: next }), label);
    else if (set !== undefined) onChange(`${pointer}${pointerOf([set])}`, undefined, label);
  };
  const sentence = set === undefined ? undefined : members.get(set)?.sentence;
  return (
    <>
      {isFirst ? (
        <div className="field">
          <ChoiceBox
            named={{ 'aria-label': say('Which one') }}
            placeholder={say('Choose')}
            isOptional={group.kind === 'oxor'}
            values={group.members.map((one) => ({ value: one, title: members.get(one)?.label ?? one }))}
            value={set}
            onChange={choose}
          />
          {sentence ? <span className="field-sentence">{say(sentence)}</span> : null}
        </div>
      ) : null}
      {set === name ? children : null}
    </>
  );
}

function More({ fields, onOpen }: { readonly fields: readonly NamedField[]; readonly onOpen: () => void }) {
  const say = useSay();
  const names = fields.map(({ name, field }) => say(field.label ?? name));
  const count = fields.length;
  const words = `${names.slice(0, 3).join(', ')}${count > 3 ? ', …' : ''}`;
  return <WordButton icon="chevron-down" title={`${say('{count} more', { count })}: ${words}`} onClick={onOpen} />;
}

/** A member without a place: it can be removed. */
function Misplaced({
  name,
  problems,
  onRemove,
}: {
  readonly name: string;
  readonly problems: FieldProps['problems'];
  readonly onRemove: () => void;
}) {
  const say = useSay();
  const { context } = useFormView();
  return (
    <div className="field misplaced">
      <div className="field-head">
        <span className="field-label">
          <code>{name}</code> <span className="field-optional">{say('is not allowed here')}</span>
        </span>
        {context.isReadOnly ? null : <IconButton icon="trash" title={say('Remove {field}', { field: name })} onClick={onRemove} />}
      </div>
      <Problems problems={problems} />
    </div>
  );
}
