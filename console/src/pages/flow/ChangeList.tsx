import type { ReactNode } from 'react';
import type { FlowDefinition, NodeId } from '../../../../src/contract/flow.js';
import type { Json } from '../../../../src/contract/json.js';
import type { NodeDescriptors } from '../../api/descriptors.js';
import { type Change, diffOf, type FieldChange } from '../../flow/diff.js';
import { labelsAt } from '../../flow/labels-at.js';
import { portsOfNode } from '../../flow/ports.js';
import { useSay } from '../../look/Languages.js';
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
  const words = { was, is, nodeTypes };
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
      <div className="change-words">{wordsOf(change, words, { say, onShow })}</div>
    </li>
  );
}

interface Telling {
  readonly say: ReturnType<typeof useSay>;
  readonly onShow: (node: NodeId) => void;
}

function wordsOf(change: Change, words: Words, { say, onShow }: Telling): ReactNode {
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
            <FieldWords key={field.pointer} change={field} labels={labelsOf(change.is.type, field.pointer, words)} />
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

/** A field with the value that it had and the one that it has. */
function FieldWords({ change: { was, is }, labels }: { readonly change: FieldChange; readonly labels: readonly string[] }) {
  const say = useSay();
  return (
    <div>
      {labels.map((label) => say(label)).join(' · ')} {was === undefined ? null : <del dir="auto">{shown(was)}</del>}{' '}
      {is === undefined ? null : <ins dir="auto">{shown(is)}</ins>}
    </div>
  );
}

function labelsOf(type: string, pointer: string, { nodeTypes }: Words): readonly string[] {
  const [, member = '', ...rest] = pointer.split('/');
  if (member !== 'params') return [member === 'name' ? 'Name' : member === 'remark' ? 'Remark' : member];
  const form = nodeTypes.get(type)?.form;
  return form ? labelsAt(form, `/${rest.join('/')}`) : rest;
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

function nameIn(flow: FlowDefinition, id: NodeId, { nodeTypes }: Words): string {
  const node = flow.nodes.find((one) => one.id === id);
  return node?.name ?? nodeTypes.get(node?.type ?? '')?.title ?? id;
}

function portTitle(id: NodeId, port: string, { is, nodeTypes }: Words): string {
  const node = is.nodes.find((one) => one.id === id);
  const found = node && portsOfNode(node, nodeTypes.get(node.type)).find(({ name }) => name === port);
  return found?.title ?? port;
}

/** The longest text of a value that is shown. */
const MAX_SHOWN = 300;

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
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
