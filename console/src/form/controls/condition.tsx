import { Switch } from '@mantine/core';
import type { Json, JsonObject } from '../../../../src/contract/json.js';
import { useSay } from '../../look/Languages.js';
import { addRule, BLANK_RULE, groupOf, negated, operatorsFor, readCondition, withOperator } from '../condition-tree.js';
import { FieldView } from '../FieldView.js';
import { type Change, type FieldProps, useFormView } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { OperatorBox } from '../OperatorBox.js';
import { placeProblems } from '../place-problems.js';
import { IconButton, WordButton } from '../RowButtons.js';
import { TemplateField } from '../template/TemplateField.js';
import { asWords } from '../written-text.js';

/** A condition: a rule, or groups of rules of which all or any must be true. */
export function ConditionControl(props: FieldProps) {
  return (
    <Labelled {...props} isGroup problems={[]} hidesSentence>
      {(named) => (
        // biome-ignore lint/a11y/useSemanticElements: the label is outside of it, as in all fields
        <div className="condition" role="group" aria-labelledby={named['aria-labelledby']}>
          <Tree value={props.value} pointer={props.pointer} onChange={props.onChange} problems={props.problems} />
        </div>
      )}
    </Labelled>
  );
}

interface TreeProps extends Pick<FieldProps, 'value' | 'pointer' | 'onChange' | 'problems'> {
  /** Takes the condition out of its group. */
  readonly onRemove?: () => void;
}

function Tree(props: TreeProps) {
  const read = readCondition(props.value);
  if (read.kind === 'rule') return <Rule {...props} rule={read.rule} />;
  if (read.kind === 'not') return <Not {...props} member={read.member} />;
  return <Group {...props} kind={read.kind} members={read.members} />;
}

function Not(props: TreeProps & { readonly member: Json }) {
  const { member, pointer, onChange, onRemove } = props;
  const say = useSay();
  return (
    <div className="condition-group" data-kind="not">
      <div className="condition-head">
        <span className="condition-word">{say('Not')}</span>
        <IconButton icon="x" title={say('Remove “not”')} onClick={() => onChange(pointer, member, say('Change Condition'))} />
      </div>
      <Tree {...props} value={member} pointer={`${pointer}/not`} {...(onRemove ? { onRemove } : {})} />
    </div>
  );
}

/** The kinds of groups, with the word that stands before their rules. */
const GROUPS = { all: 'All of these', any: 'Any of these' } as const;

function Group(props: TreeProps & { readonly kind: 'all' | 'any'; readonly members: readonly Json[] }) {
  const { kind, members, pointer, onChange, problems, onRemove } = props;
  const say = useSay();
  const { context } = useFormView();
  const label = say('Change Condition');
  const placed = placeProblems(
    problems,
    members.map((_, i) => `${pointer}/${kind}/${i}`),
  );
  const other = kind === 'all' ? 'any' : 'all';
  return (
    <div className="condition-group" data-kind={kind}>
      <div className="condition-head">
        <button
          type="button"
          className="condition-word"
          disabled={context.isReadOnly}
          title={say('Change to “{words}”', { words: say(GROUPS[other]) })}
          onClick={() => onChange(pointer, { [other]: members }, label)}
        >
          {say(GROUPS[kind])}
        </button>
        {onRemove ? <IconButton icon="x" title={say('Remove the group')} onClick={onRemove} /> : null}
      </div>
      {members.map((member, i) => (
        <Tree
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its place
          key={i}
          value={member}
          pointer={`${pointer}/${kind}/${i}`}
          onChange={onChange}
          problems={placed.byPointer.get(`${pointer}/${kind}/${i}`) ?? []}
          onRemove={() =>
            onChange(
              pointer,
              groupOf(
                kind,
                members.filter((_, other) => other !== i),
              ),
              label,
            )
          }
        />
      ))}
      {context.isReadOnly ? null : (
        <div className="condition-more">
          <WordButton icon="plus" title={say('Rule')} onClick={() => onChange(pointer, { [kind]: [...members, BLANK_RULE] }, label)} />
          <WordButton
            icon="plus"
            title={say('Group')}
            onClick={() => onChange(pointer, { [kind]: [...members, { [other]: [BLANK_RULE, BLANK_RULE] }] }, label)}
          />
        </div>
      )}
    </div>
  );
}

function Rule({ rule, value, pointer, onChange, problems, onRemove }: TreeProps & { readonly rule: JsonObject }) {
  const say = useSay();
  const { context } = useFormView();
  const label = say('Change Condition');
  const { variable, operator, exact } = rule;
  const chosen = context.operators.find(({ name }) => name === operator);
  const placed = placeProblems(problems, [`${pointer}/variable`, `${pointer}/operator`, `${pointer}/value`]);
  const at = (name: string) => placed.byPointer.get(`${pointer}/${name}`) ?? [];
  return (
    <div className="rule">
      <Labelled
        field={{ kind: 'expression', required: true }}
        pointer={`${pointer}/variable`}
        problems={[...placed.own, ...at('variable')]}
      >
        {(named) => (
          <TemplateField
            named={{ ...named, 'aria-labelledby': undefined, 'aria-label': say('Variable') }}
            language="expression"
            isMono
            value={asWords(variable)}
            placeholder={say('A variable')}
            onChange={(text) => onChange(`${pointer}/variable`, text, label)}
          />
        )}
      </Labelled>
      <div className="rule-line">
        <Labelled field={{ kind: 'choice', required: true }} pointer={`${pointer}/operator`} problems={at('operator')}>
          {(named) => (
            <OperatorBox
              named={named}
              value={operator}
              offers={operatorsFor(variable, context)}
              onChange={(next) => onChange(pointer, withOperator(rule, next), label)}
            />
          )}
        </Labelled>
        <RightSide
          takes={chosen?.takes ?? 'value'}
          value={rule['value']}
          pointer={`${pointer}/value`}
          onChange={onChange}
          problems={at('value')}
        />
        {onRemove && !context.isReadOnly ? <IconButton icon="x" title={say('Remove the rule')} onClick={onRemove} /> : null}
      </div>
      <div className="condition-more">
        {onRemove || context.isReadOnly ? null : (
          <>
            <WordButton icon="plus" title={say('and')} onClick={() => onChange(pointer, addRule(value, 'all'), label)} />
            <WordButton icon="plus" title={say('or')} onClick={() => onChange(pointer, addRule(value, 'any'), label)} />
          </>
        )}
        {context.isReadOnly ? null : (
          <WordButton title={say('not')} aria-label={say('Turn the rule round')} onClick={() => onChange(pointer, negated(value), label)} />
        )}
        {chosen?.of === 'text' && chosen.takes !== 'nothing' ? (
          <Switch
            size="xs"
            label={say('Exactly as written')}
            checked={exact === true}
            disabled={context.isReadOnly ?? false}
            onChange={(event) => onChange(`${pointer}/exact`, event.currentTarget.checked ? true : undefined, label)}
          />
        ) : null}
      </div>
    </div>
  );
}

interface RightSideProps extends Pick<FieldProps, 'value' | 'pointer' | 'problems'> {
  readonly takes: 'nothing' | 'value' | 'range' | 'list' | 'regex';
  readonly onChange: Change;
}

/** What a rule compares with: one value, the ends of a range, a list, a regular expression, or nothing. */
function RightSide({ takes, value, pointer, onChange, problems }: RightSideProps) {
  const say = useSay();
  if (takes === 'nothing') return null;
  const common = { onChange, isBare: true } as const;
  if (takes === 'range') {
    const placed = placeProblems(problems, [`${pointer}/0`, `${pointer}/1`]);
    const ends: readonly (Json | undefined)[] = Array.isArray(value) ? value : [];
    return (
      <>
        {[say('From'), say('To')].map((title, i) => (
          <FieldView
            key={title}
            {...common}
            field={{ kind: 'json', label: title, required: true, example: title }}
            value={ends[i]}
            pointer={`${pointer}/${i}`}
            problems={[...(placed.byPointer.get(`${pointer}/${i}`) ?? []), ...(i === 0 ? placed.own : [])]}
          />
        ))}
      </>
    );
  }
  if (takes === 'list' && (Array.isArray(value) || value === undefined))
    return (
      <FieldView
        {...common}
        field={{ kind: 'list', label: say('Values'), required: true, item: { kind: 'string' } }}
        value={value}
        pointer={pointer}
        problems={problems}
      />
    );
  const kind = takes === 'regex' ? 'regex' : 'json';
  return (
    <FieldView {...common} field={{ kind, label: say('Value'), required: true }} value={value} pointer={pointer} problems={problems} />
  );
}
