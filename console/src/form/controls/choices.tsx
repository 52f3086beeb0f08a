import { type ReactNode, useState } from 'react';
import { isObject } from '../../../../src/contract/json/json-members.js';
import type { JsonObject } from '../../../../src/contract/json.js';
import { useSay } from '../../look/Languages.js';
import { CharactersLeft } from '../CharactersLeft.js';
import { type Layout, layoutsOf } from '../choice-layout.js';
import { FieldView } from '../FieldView.js';
import { focusRow } from '../focus-row.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Labelled, Problems } from '../Labelled.js';
import { MemberFields } from '../MemberFields.js';
import { objectOf } from '../members.js';
import { useLimit, useMessage } from '../message-view.js';
import { CHOICE_NAMES, newRow, withTitle } from '../named-row.js';
import { OfItem } from '../OfItem.js';
import { placeProblems } from '../place-problems.js';
import { Handle, IconButton, WordButton } from '../RowButtons.js';
import { moved } from '../reorder.js';
import { TemplateField } from '../template/TemplateField.js';
import { useReorder } from '../use-reorder.js';
import { asWords } from '../written-text.js';

/** What a layout is called beside its platform. */
const LAYOUTS: Readonly<Record<Layout['shown'], string>> = {
  buttons: 'buttons',
  list: 'list',
  text: 'numbered text',
  keyboard: 'keyboard',
};

/** The choices of a message: written one by one, or made from a list in a variable. */
export function ChoicesControl(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const say = useSay();
  const written = field.anyOf?.find(({ kind }) => kind === 'list');
  const listed = field.anyOf?.find(({ kind }) => kind === 'object');
  if (!written || !listed) return <WrittenChoices {...props} />;
  const words = { label: field.label, sentence: field.sentence, required: field.required };
  if (isObject(value))
    return (
      <Labelled {...props} isGroup problems={[]} hidesSentence>
        {() => (
          <>
            <FieldView {...props} field={{ ...listed, ...words }} isBare />
            <SwitchChoices title={say('Write the choices')} onClick={() => onChange(pointer, undefined, say('Change Choices'))} />
          </>
        )}
      </Labelled>
    );
  return (
    <WrittenChoices
      {...props}
      field={{ ...field, ...written, ...words }}
      foot={
        value === undefined ? (
          <SwitchChoices title={say('From a list')} onClick={() => onChange(pointer, { from: '', title: '' }, say('Change Choices'))} />
        ) : undefined
      }
    />
  );
}

function SwitchChoices({ title, onClick }: { readonly title: string; readonly onClick: () => void }) {
  const { context } = useFormView();
  return context.isReadOnly ? null : <WordButton icon="list-details" title={title} onClick={onClick} />;
}

/**
 * Choices that are written: a line each, the title first. The id follows the title until it is set by hand. Below them stands how each
 * platform will show them.
 */
function WrittenChoices({ foot, ...props }: FieldProps & { readonly foot?: ReactNode }) {
  const { field, value, pointer, onChange, problems } = props;
  const say = useSay();
  const { context } = useFormView();
  const around = useMessage();
  const choices = Array.isArray(value) ? value.map(objectOf) : [];
  const name = say(field.label ?? '');
  const reorder = useReorder((from, to) => onChange(pointer, moved(choices, from, to), say('Move in {field}', { field: name })));
  const placed = placeProblems(
    problems,
    choices.map((_, i) => `${pointer}/${i}`),
  );
  const add = (place: number) => {
    const fresh = { ...newRow(choices, CHOICE_NAMES), title: '' };
    onChange(pointer, [...choices.slice(0, place), fresh, ...choices.slice(place)], say('Add to {field}', { field: name }));
    focusRow(reorder.list, place);
  };
  const remove = (i: number) => {
    const isLast = choices.length === 1 && !field.required;
    onChange(isLast ? pointer : `${pointer}/${i}`, undefined, say('Remove from {field}', { field: name }));
  };
  const isOwn = around !== undefined && pointer === `${around.pointer}/choices`;
  const layouts = around ? layoutsOf(isOwn ? around.message : { choices, choicesAs: 'buttons' }, around.adapters) : [];
  const isFull = field.max !== undefined && choices.length >= field.max;
  return (
    <Labelled {...props} isGroup problems={placed.own} hidesSentence={choices.length > 0}>
      {(named) => (
        <>
          <ul className="rows" data-form="choices" ref={reorder.list} aria-labelledby={named['aria-labelledby']}>
            {choices.map((choice, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: its id changes while one writes the title
              <li key={i} className="choice" {...reorder.row(i)}>
                <ChoiceRow
                  {...props}
                  choices={choices}
                  choice={choice}
                  place={i}
                  pointer={`${pointer}/${i}`}
                  problems={placed.byPointer.get(`${pointer}/${i}`) ?? []}
                  handle={reorder.handle(i)}
                  onRemove={() => remove(i)}
                  onEnter={() => (isFull ? undefined : add(i + 1))}
                />
              </li>
            ))}
          </ul>
          <div className="choices-foot">
            {isFull || context.isReadOnly ? null : (
              <WordButton icon="plus" title={say('Add a choice')} onClick={() => add(choices.length)} />
            )}
            {foot}
            <span className="field-sentence">{layouts.map(({ title, shown }) => `${title}: ${say(LAYOUTS[shown])}`).join(' · ')}</span>
          </div>
        </>
      )}
    </Labelled>
  );
}

interface RowProps extends FieldProps {
  readonly choices: readonly JsonObject[];
  readonly choice: JsonObject;
  readonly place: number;
  readonly handle: ReturnType<ReturnType<typeof useReorder>['handle']>;
  readonly onRemove: () => void;
  readonly onEnter: () => void;
}

function ChoiceRow(props: RowProps) {
  const title = props.field.item?.fields?.find(({ name }) => name === 'title')?.field;
  return (
    <OfItem isOfItem={title?.ofItem}>
      <OneChoice {...props} />
    </OfItem>
  );
}

function OneChoice(props: RowProps) {
  const { field, choices, choice, place, pointer, problems, onChange, handle, onRemove, onEnter } = props;
  const say = useSay();
  const { context } = useFormView();
  const [isOpen, setOpen] = useState(false);
  const limit = useLimit(`${pointer}/title`);
  const title = asWords(choice['title']);
  const words = title || say('Choice {place}', { place: place + 1 });
  const placed = placeProblems(problems, [`${pointer}/title`]);
  const titleProblems = placed.byPointer.get(`${pointer}/title`) ?? [];
  const isShown = isOpen || placed.own.some((one) => one.pointer !== pointer);
  const item = { ...(field.item ?? { kind: 'object' as const }), label: undefined };
  const description = choice['description'];
  return (
    <div className="choice-box">
      <div className="choice-line">
        {choices.length > 1 && !context.isReadOnly ? <Handle title={words} place={place} count={choices.length} {...handle} /> : null}
        <TemplateField
          isPlain
          onEnter={onEnter}
          named={{
            'aria-label': say('Title of choice {place}', { place: place + 1 }),
            'aria-invalid': titleProblems.length > 0 || undefined,
            'aria-required': true,
          }}
          value={title}
          placeholder={say('What the person taps')}
          onChange={(text) => {
            const next = withTitle(choices, place, { title: text, names: CHOICE_NAMES });
            const label = say('Change Choices');
            if (next['id'] === choice['id']) onChange(`${pointer}/title`, text, label);
            else onChange(pointer, next, label);
          }}
        />
        <button
          type="button"
          className="choice-id"
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isShown}
          aria-label={`${say('More options of {row}', { row: words })}: ${asWords(choice['id'])}`}
        >
          {asWords(choice['id'])}
        </button>
        <CharactersLeft text={title} limit={limit} isAlways />
        {context.isReadOnly ? null : <IconButton icon="x" title={say('Remove {field}', { field: words })} onClick={onRemove} />}
      </div>
      {typeof description === 'string' && description !== '' && !isShown ? <div className="choice-description">{description}</div> : null}
      <Problems problems={titleProblems} />
      {isShown ? (
        <div className="choice-more">
          <MemberFields {...props} field={item} value={choice} problems={placed.own} without={['title']} isOpen />
        </div>
      ) : (
        <Problems problems={placed.own} />
      )}
    </div>
  );
}
