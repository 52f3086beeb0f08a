import { ActionIcon, Menu } from '@mantine/core';
import type { Field } from '../../../../src/contract/form.js';
import type { Json, JsonObject } from '../../../../src/contract/json.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { addRule, BLANK_RULE, groupOf, negated, operatorsFor, readCondition, withOperator } from '../condition-tree.js';
import { FieldView } from '../FieldView.js';
import type { KnownOperator } from '../form-context.js';
import { type FieldProps, useFormView } from '../form-view.js';
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
  const { context } = useFormView();
  return (
    <div className="condition-group" data-kind="not">
      <div className="condition-head">
        <span className="condition-word">{say('Not')}</span>
        {context.isReadOnly ? null : (
          <IconButton icon="x" title={say('Remove “not”')} onClick={() => onChange(pointer, member, say('Change Condition'))} />
        )}
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
        {onRemove && !context.isReadOnly ? <IconButton icon="x" title={say('Remove the group')} onClick={onRemove} /> : null}
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
  const { variable, operator } = rule;
  const chosen = context.operators.find(({ name }) => name === operator);
  const placed = placeProblems(problems, [`${pointer}/variable`, `${pointer}/operator`, `${pointer}/value`]);
  const at = (name: string) => placed.byPointer.get(`${pointer}/${name}`) ?? [];
  const isWide = WIDE.has(chosen?.takes ?? 'value');
  const right = (
    <RightSide operator={chosen} value={rule['value']} pointer={`${pointer}/value`} onChange={onChange} problems={at('value')} />
  );
  return (
    <div className="rule">
      <div className="rule-line">
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
        {context.isReadOnly ? null : <RuleMenu {...{ rule, value, pointer, onChange }} operator={chosen} />}
        {onRemove && !context.isReadOnly ? <IconButton icon="x" title={say('Remove the rule')} onClick={onRemove} /> : null}
      </div>
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
        {isWide ? null : right}
      </div>
      {isWide ? <div className="rule-line">{right}</div> : null}
      {rule['exact'] === true ? <span className="field-sentence">{say('Compared exactly as written.')}</span> : null}
      {onRemove || context.isReadOnly ? null : (
        <div className="condition-more">
          <WordButton icon="plus" title={say('and')} onClick={() => onChange(pointer, addRule(value, 'all'), label)} />
          <WordButton icon="plus" title={say('or')} onClick={() => onChange(pointer, addRule(value, 'any'), label)} />
        </div>
      )}
    </div>
  );
}

/** What takes a line of its own on the right side. */
const WIDE: ReadonlySet<KnownOperator['takes']> = new Set(['list', 'words', 'range', 'regex', 'hours']);

interface MenuProps extends Pick<FieldProps, 'value' | 'pointer' | 'onChange'> {
  readonly rule: JsonObject;
  readonly operator: KnownOperator | undefined;
}

/** What is seldom done with a rule. */
function RuleMenu({ rule, operator, value, pointer, onChange }: MenuProps) {
  const say = useSay();
  const label = say('Change Condition');
  const isExact = rule['exact'] === true;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="ink" size={26} aria-label={say('More options of the rule')}>
          <Icon name="dots" size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange(pointer, negated(value), label)}>{say('Negate')}</Menu.Item>
        {operator?.of === 'text' && operator.takes !== 'nothing' ? (
          <Menu.Item
            leftSection={isExact ? <Icon name="check" size={15} /> : undefined}
            onClick={() => onChange(`${pointer}/exact`, isExact ? undefined : true, label)}
          >
            {say('Compare exactly as written')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

interface RightSideProps extends Pick<FieldProps, 'value' | 'pointer' | 'problems' | 'onChange'> {
  readonly operator: KnownOperator | undefined;
}

/** What a rule compares with: one value, the ends of a range, a list, a regular expression, or nothing. */
function RightSide({ operator, value, pointer, onChange, problems }: RightSideProps) {
  const say = useSay();
  const takes = operator?.takes ?? 'value';
  if (takes === 'nothing') return null;
  const common = { onChange, isBare: true } as const;
  if (takes === 'range') {
    const placed = placeProblems(problems, [`${pointer}/0`, `${pointer}/1`]);
    const ends: readonly (Json | undefined)[] = Array.isArray(value) ? value : [];
    return [say('From'), say('To')].map((title, i) => (
      <FieldView
        key={title}
        {...common}
        field={{ ...operand(operator), label: title, example: title }}
        value={ends[i]}
        pointer={`${pointer}/${i}`}
        problems={[...(placed.byPointer.get(`${pointer}/${i}`) ?? []), ...(i === 0 ? placed.own : [])]}
      />
    ));
  }
  if (takes === 'hours')
    return (
      <FieldView
        {...common}
        field={{ kind: 'alternatives', control: 'hours', label: say('Hours'), required: true }}
        value={value}
        pointer={pointer}
        problems={problems}
      />
    );
  const field: Field =
    (takes === 'list' || (takes === 'words' && Array.isArray(value))) && (Array.isArray(value) || value === undefined)
      ? { kind: 'list', label: say('Values'), required: true, item: { kind: 'string' } }
      : { ...(takes === 'regex' ? { kind: 'regex', required: true } : operand(operator)), label: say('Value') };
  return <FieldView {...common} field={field} value={value} pointer={pointer} problems={problems} />;
}

/** The field for one value on the right side: what it will be follows from the operator, so that it need not say so. */
function operand(operator: KnownOperator | undefined): Field {
  if (operator?.of === 'number') return { kind: 'alternatives', anyOf: [{ kind: 'number' }, { kind: 'text' }], required: true };
  return operator?.of === 'text' || operator?.of === 'date' ? { kind: 'text', required: true } : { kind: 'json', required: true };
}
