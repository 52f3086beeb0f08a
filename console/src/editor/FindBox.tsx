import { ActionIcon, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { FlowNode, NodeId } from '../../../src/contract/index.js';
import { Glyph } from '../canvas/Glyph.js';
import { edgesByNode, portsOfNode, sayPort } from '../flow/ports.js';
import { type Hit, searchFlow } from '../flow/search.js';
import { Icon } from '../look/Icon.js';
import { useEdited, useEditor, useView } from './editor-context.js';
import { goTo } from './walk.js';

/** Finds nodes by their names, texts, variables and ids. Without words it is the flow as a list, with ways out and problems. */
export function FindBox() {
  const isOpen = useView(({ dialog }) => dialog === 'find');
  return isOpen ? <OpenFind /> : null;
}

function OpenFind() {
  const editor = useEditor();
  const { view, store, nodeTypes, say, stage } = editor;
  const flow = useEdited((state) => state.flow);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(-1);
  const hits = useMemo(() => searchFlow(words, { flow, descriptors: nodeTypes, say }), [words, flow, nodeTypes, say]);
  useEffect(() => {
    view.setState({ found: words.trim() === '' ? undefined : new Set(hits.map(({ node }) => node)) });
  }, [view, words, hits]);
  useEffect(() => () => view.setState({ found: undefined }), [view]);
  const close = () => {
    view.setState({ dialog: undefined });
    const [node] = store.getState().selection;
    if (node !== undefined) stage.current?.focus(node);
  };
  const show = (index: number) => {
    const hit = hits[(index + hits.length) % Math.max(1, hits.length)];
    if (!hit) return;
    setAt((index + hits.length) % hits.length);
    store.getState().select([hit.node]);
    stage.current?.center(hit.node);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') show(at + (event.shiftKey ? -1 : 1));
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="find" aria-label={say('Find in this flow')} onKeyDown={(event) => (event.key === 'Escape' ? close() : undefined)}>
      <div className="find-head">
        <TextInput
          autoFocus
          variant="filled"
          className="find-words"
          placeholder={say('Find in this flow')}
          aria-label={say('Find in this flow')}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setAt(-1);
          }}
          onKeyDown={onKeyDown}
          leftSection={<Icon name="search" size={16} />}
        />
        <span className="find-count" role="status">
          {say('{count, plural, =0 {Nothing} one {# node} other {# nodes}}', { count: hits.length })}
        </span>
        <ActionIcon variant="subtle" color="gray" aria-label={say('Close')} onClick={close}>
          <Icon name="x" size={16} />
        </ActionIcon>
      </div>
      <ul>
        {hits.slice(0, MAX_SHOWN).map((hit, i) => (
          <HitItem key={hit.node} hit={hit} isCurrent={i === at} hasWords={words.trim() !== ''} onChoose={() => goTo(editor, hit.node)} />
        ))}
      </ul>
      {hits.length > MAX_SHOWN ? <p className="find-more">{say('{count} more', { count: hits.length - MAX_SHOWN })}</p> : null}
    </search>
  );
}

/** More than one reads. */
const MAX_SHOWN = 200;

interface HitProps {
  readonly hit: Hit;
  readonly isCurrent: boolean;
  readonly hasWords: boolean;
  readonly onChoose: () => void;
}

function HitItem({ hit, isCurrent, hasWords, onChoose }: HitProps) {
  const { nodeTypes, say } = useEditor();
  const node = useEdited(({ flow }) => flow.nodes.find(({ id }) => id === hit.node));
  const count = useEdited(({ problems }) => problems.filter((problem) => problem.node === hit.node).length);
  if (!node) return null;
  const type = nodeTypes.get(node.type);
  return (
    <li>
      <button type="button" className="find-hit" aria-current={isCurrent || undefined} onClick={onChoose}>
        <Glyph icon={type?.icon ?? 'puzzle'} group={type?.group} />
        <span>
          <strong>{node.name ?? say(type?.title ?? node.type)}</strong>
          {hasWords ? <small dir="auto">{hit.text}</small> : <Ways node={node} />}
          {count > 0 ? (
            <small className="find-problems">{say('{count, plural, one {# problem} other {# problems}}', { count })}</small>
          ) : null}
        </span>
      </button>
    </li>
  );
}

/** The ways out of a node, and where they lead. */
function Ways({ node }: { readonly node: FlowNode }) {
  const { nodeTypes, say } = useEditor();
  const flow = useEdited((state) => state.flow);
  const leaving = edgesByNode(flow.edges).get(node.id) ?? [];
  const name = (id: NodeId) => {
    const to = flow.nodes.find((one) => one.id === id);
    return to ? (to.name ?? say(nodeTypes.get(to.type)?.title ?? to.type)) : id;
  };
  return portsOfNode(node, nodeTypes.get(node.type), leaving).map((port) => {
    const edge = leaving.find((one) => one.port === port.name);
    return (
      <small key={port.name}>
        {sayPort(port, say)} → {edge ? name(edge.to) : say('nowhere')}
      </small>
    );
  });
}
