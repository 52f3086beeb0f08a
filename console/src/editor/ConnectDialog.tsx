import { useState } from 'react';
import type { FlowNode } from '../../../src/contract/index.js';
import { Glyph } from '../canvas/Glyph.js';
import { connect, disconnect } from '../flow/commands.js';
import { edgeOf, edgesByNode, portsOfNode, sayPort } from '../flow/ports.js';
import { type Hit, searchFlow } from '../flow/search.js';
import { Icon } from '../look/Icon.js';
import { type Choosable, Chooser } from './Chooser.js';
import { type EditorParts, useEdited, useEditor, useView } from './editor-context.js';
import { speak } from './view.js';

/** Connects by keyboard: chooses a way out of the selected node, then the node that it leads to. */
export function ConnectDialog() {
  const isOpen = useView(({ dialog }) => dialog === 'connect');
  const node = useEdited(({ flow, selection }) => flow.nodes.find(({ id }) => id === selection[0]));
  return isOpen && node ? <OpenConnect key={node.id} node={node} /> : null;
}

function OpenConnect({ node }: { readonly node: FlowNode }) {
  const editor = useEditor();
  const { view, stage, say } = editor;
  const flow = useEdited((state) => state.flow);
  const ports = portsOfNode(node, editor.nodeTypes.get(node.type), edgesByNode(flow.edges).get(node.id));
  const [port, setPort] = useState(ports.length === 1 ? ports[0]?.name : undefined);
  const close = () => {
    view.setState({ dialog: undefined });
    stage.current?.focus(node.id);
  };
  if (port === undefined) {
    const items = ports.map((one): Choosable => {
      const to = edgeOf(flow, { from: node.id, port: one.name })?.to;
      return {
        key: one.name,
        title: sayPort(one, say),
        detail: to === undefined ? say('Leads nowhere') : say('Leads to {node}', { node: nameOf(to, editor) }),
        choose: () => setPort(one.name),
      };
    });
    const found = (words: string) => items.filter(({ title }) => title.toLowerCase().includes(words.toLowerCase()));
    return <Chooser key="port" title={say('Which way out?')} placeholder={say('Search ways out')} found={found} onClose={close} />;
  }
  const title = say('Where does “{port}” lead?', { port: sayPort(ports.find(({ name }) => name === port) ?? { name: port }, say) });
  return (
    <Chooser
      key="node"
      title={title}
      placeholder={say('Search nodes')}
      found={(words) => targets(words, { from: node.id, port }, editor, close)}
      onClose={close}
    />
  );
}

/** The nodes that a way can lead to, and nowhere if it leads somewhere. */
function targets(
  words: string,
  from: { readonly from: string; readonly port: string },
  editor: EditorParts,
  close: () => void,
): readonly Choosable[] {
  const { store, nodeTypes, say, view } = editor;
  const { flow, change } = store.getState();
  const types = new Map(flow.nodes.map(({ id, type }) => [id, nodeTypes.get(type)]));
  // "end" is found in "Send", too: whose name begins with what was written comes first.
  const rank = ({ node }: Hit) => (nameOf(node, editor).toLowerCase().startsWith(words.trim().toLowerCase()) ? 0 : 1);
  const hits = searchFlow(words, { flow, descriptors: nodeTypes, say })
    .filter(({ node }) => !types.get(node)?.startsFlow)
    .sort((a, b) => rank(a) - rank(b));
  const before = edgeOf(flow, from);
  const nowhere: Choosable = {
    key: '',
    title: say('Nowhere'),
    glyph: <Icon name="x" size={16} />,
    choose() {
      change(say('Delete an edge'), disconnect(from));
      close();
    },
  };
  const nodes = hits.map(({ node, text }): Choosable => {
    const type = types.get(node);
    return {
      key: node,
      title: nameOf(node, editor),
      detail: words === '' ? node : text,
      glyph: <Glyph icon={type?.icon ?? 'puzzle'} group={type?.group} />,
      choose() {
        change(say('Connect'), connect({ ...from, to: node }));
        speak(view, say('Leads to {node}', { node: nameOf(node, editor) }));
        close();
      },
    };
  });
  return before && words === '' ? [nowhere, ...nodes] : nodes;
}

function nameOf(id: string, { store, nodeTypes, say }: EditorParts): string {
  const node = store.getState().flow.nodes.find((one) => one.id === id);
  return node ? (node.name ?? say(nodeTypes.get(node.type)?.title ?? node.type)) : id;
}
