import type { ReactNode } from 'react';
import type { FlowDefinition, NodeId } from '../../../../src/contract/flow.js';
import type { Field } from '../../../../src/contract/form.js';
import type { Json } from '../../../../src/contract/json.js';
import type { NodeDescriptors } from '../../api/descriptors.js';
import { type Change, diffOf, type FieldChange } from '../../flow/diff.js';
import { fieldAt } from '../../flow/field-at.js';
import { labelsAt } from '../../flow/labels-at.js';
import { plainText } from '../../flow/pieces.js';
import { portsOfNode, sayPort } from '../../flow/ports.js';
import { sayField } from '../../flow/say-field.js';
import { type Say, useSay } from '../../look/Languages.js';
import './publish.css';

/** What a list of changes needs. */
interface ChangeListProps {
  readonly was: FlowDefinition;
  readonly is: FlowDefinition;
  readonly nodeTypes: NodeDescriptors;
  readonly onShow: (node: NodeId) => void;
  /** Stands above the list; by default how many changes there are. */
  readonly title?: string;
}

/** What is different between two states of a flow, node by node, in the words of the forms. */
export function ChangeList({ was, is, nodeTypes, onShow, title }: ChangeListProps) {
  const say = useSay();
  const changes = diffOf(was, is);
  const words = { was, is, nodeTypes, say };
  return (
    <section aria-label={title ?? say('Changes')}>
      <h3>
        {title ??
          say(
            '{count, plural, =0 {No change against what is online} one {# change against what is online} other {# changes against what is online}}',
            { count: changes.length },
          )}
      </h3>
      {title !== undefined && changes.length === 0 ? <p className="table-small">{say('Nothing')}</p> : null}
      <ul className="changes">
        {changes.map((change) => (
          <ChangeItem key={keyOf(change)} change={change} words={words} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

interface Words {
  readonly was: FlowDefinition;
  readonly is: FlowDefinition;
  readonly nodeTypes: NodeDescriptors;
  readonly say: Say;
}

/** The sign before a change, and what it means. */
const MARKS = { added: '+', removed: '−', changed: '~' } as const;

function ChangeItem({
  change,
  words,
  onShow,
}: {
  readonly change: Change;
  readonly words: Words;
  readonly onShow: (node: NodeId) => void;
}) {
  const say = useSay();
  const what = change.kind === 'added' || change.kind === 'removed' ? change.kind : 'changed';
  const titles = { added: say('Added'), removed: say('Removed'), changed: say('Changed') };
  return (
    <li>
      <span className="change-mark" data-what={what} title={titles[what]}>
        {MARKS[what]}
      </span>
      <div className="change-words">{wordsOf(change, words, onShow)}</div>
    </li>
  );
}

function wordsOf(change: Change, words: Words, onShow: (node: NodeId) => void): ReactNode {
  const { say } = words;
  const link = (id: NodeId, name: string) => (
    <button type="button" className="publish-link" onClick={() => onShow(id)}>
      {name}
    </button>
  );
  switch (change.kind) {
    case 'added':
      return link(change.node.id, nameIn(words.is, change.node.id, words));
    case 'removed':
      return <strong>{nameIn(words.was, change.node.id, words)}</strong>;
    case 'way':
      return (
        <>
          {link(change.from, nameIn(words.is, change.from, words))} · {portTitle(change.from, change.port, words)}
          <div>
            {say('leads to')} {change.was === undefined ? null : <del>{nameIn(words.was, change.was, words)}</del>}{' '}
            <ins>{change.is === undefined ? say('nowhere') : nameIn(words.is, change.is, words)}</ins>
          </div>
        </>
      );
    case 'changed':
      return (
        <>
          {link(change.is.id, nameIn(words.is, change.is.id, words))}
          {change.fields.map((field) => (
            <FieldWords key={field.pointer} change={field} {...placeOf(change.is.type, field.pointer, words)} />
          ))}
        </>
      );
    case 'flow':
      return (
        <>
          <strong>{say('The flow itself')}</strong>
          {change.fields.map((field) => (
            <FieldWords key={field.pointer} change={field} labels={flowLabels(field.pointer)} />
          ))}
        </>
      );
  }
}

/** Where a value is: the labels on the way to it, and its field if the form has one. */
interface FieldPlace {
  readonly labels: readonly string[];
  readonly field?: Field | undefined;
}

/** A field with the value that it had and the one that it has. */
function FieldWords({ change: { was, is }, labels, field }: FieldPlace & { readonly change: FieldChange }) {
  const say = useSay();
  const shown = (value: Json) => shortened((field && SAID.has(field.kind) && said({ value, field }, say)) || asText(value));
  return (
    <div>
      {labels.map((label) => say(label)).join(' · ')} {was === undefined ? null : <del dir="auto">{shown(was)}</del>}{' '}
      {is === undefined ? null : <ins dir="auto">{shown(is)}</ins>}
    </div>
  );
}

function placeOf(type: string, pointer: string, { nodeTypes }: Words): FieldPlace {
  const [, member = '', ...rest] = pointer.split('/');
  if (member !== 'params') return { labels: [member === 'name' ? 'Name' : member === 'remark' ? 'Remark' : member] };
  const form = nodeTypes.get(type)?.form;
  const at = `/${rest.join('/')}`;
  return form ? { labels: labelsAt(form, at), field: fieldAt(form, at) } : { labels: rest };
}

/** The kinds of fields whose values are shown in the words of the form; all others as they are written. */
const SAID: ReadonlySet<Field['kind']> = new Set(['duration', 'choice', 'condition']);

function said({ value, field: { label: _label, ...field } }: { readonly value: Json; readonly field: Field }, say: Say): string {
  return plainText(sayField({ value, field }, say));
}

function flowLabels(pointer: string): readonly string[] {
  const [, member = ''] = pointer.split('/');
  const titles: Readonly<Record<string, string>> = {
    name: 'Name',
    remark: 'Remark',
    triggers: 'Triggers',
    variables: 'Variables',
    settings: 'Settings',
    notes: 'Notes',
  };
  return [titles[member] ?? member];
}

function nameIn(flow: FlowDefinition, id: NodeId, { nodeTypes, say }: Words): string {
  const node = flow.nodes.find((one) => one.id === id);
  return node ? (node.name ?? say(nodeTypes.get(node.type)?.title ?? node.type)) : id;
}

function portTitle(id: NodeId, port: string, { is, nodeTypes, say }: Words): string {
  const node = is.nodes.find((one) => one.id === id);
  const found = node && portsOfNode(node, nodeTypes.get(node.type)).find(({ name }) => name === port);
  return sayPort(found ?? { name: port }, say);
}

/** The longest text of a value that is shown. */
const MAX_SHOWN = 300;

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function keyOf(change: Change): string {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return `${change.kind} ${change.node.id}`;
    case 'changed':
      return `changed ${change.is.id}`;
    case 'way':
      return `way ${change.from} ${change.port}`;
    case 'flow':
      return 'flow';
  }
}
