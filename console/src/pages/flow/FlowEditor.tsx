import '../../editor/editor.css';
import { Button, SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { FlowDefinition } from '../../../../src/contract/flow.js';
import type { FlowRow } from '../../api/flows.js';
import { Canvas } from '../../canvas/Canvas.js';
import { Palette } from '../../canvas/Palette.js';
import { Picker } from '../../canvas/Picker.js';
import { Toolbar } from '../../canvas/Toolbar.js';
import { Announcer } from '../../editor/Announcer.js';
import { ClashDialog } from '../../editor/ClashDialog.js';
import { ConnectDialog } from '../../editor/ConnectDialog.js';
import { Everywhere } from '../../editor/Everywhere.js';
import { useEdited, useEditor, useView } from '../../editor/editor-context.js';
import { FindBox } from '../../editor/FindBox.js';
import { KeysDialog } from '../../editor/KeysDialog.js';
import { Merged } from '../../editor/Merged.js';
import { NodeMenu } from '../../editor/NodeMenu.js';
import { Panel } from '../../editor/Panel.js';
import { Problems } from '../../editor/Problems.js';
import { SaveWord } from '../../editor/SaveWord.js';
import { useKeys } from '../../editor/use-keys.js';
import { whenSaved } from '../../editor/when-saved.js';
import { closedProps } from '../../look/closed-props.js';
import { Icon } from '../../look/Icon.js';
import { StatePill } from '../../look/StatePill.js';
import type { FlowSearch } from './flow-search.js';
import { History } from './History.js';
import { PublishDrawer } from './PublishDrawer.js';

/** The page of a flow: the bar above, and below it the canvas between the palette and the panel, or the history. */
export function FlowEditor({ row }: { readonly row: FlowRow }) {
  const { tab, node }: FlowSearch = useSearch({ strict: false });
  return (
    <div className="editor">
      <Bar row={row} tab={tab ?? 'draw'} />
      {tab === 'history' ? <Past row={row} /> : <Draw node={node} />}
      <Publishing row={row} />
      <ClashDialog />
      <Announcer />
    </div>
  );
}

function Bar({ row, tab }: { readonly row: FlowRow; readonly tab: 'draw' | 'history' }) {
  const { say, view, isReadOnly } = useEditor();
  const navigate = useNavigate();
  const name = useEdited(({ flow }) => flow.name);
  // Until the flow is read again, every save since then counts as a change.
  const isChanged = useEdited(({ flow, saved, revision }) => flow !== saved || revision !== row.draft.revision) || row.draft.changed;
  return (
    <header className="bar">
      <div className="bar-side">
        <Link to="/" className="bar-back" aria-label={say('All flows')}>
          <Icon name="chevron-left" />
        </Link>
        <h1>{name}</h1>
        <StatePill state={row.state} {...(row.version === undefined ? {} : { version: row.version })} isChanged={isChanged} />
        <SaveWord />
      </div>
      <SegmentedControl
        aria-label={say('Part of the flow')}
        value={tab}
        data={[
          { value: 'draw', label: say('Draw') },
          { value: 'history', label: say('History') },
        ]}
        onChange={(value) =>
          void navigate({ to: '/flows/$code', params: { code: row.code }, search: value === 'history' ? { tab: 'history' } : {} })
        }
      />
      <div className="bar-side bar-end">
        <Problems />
        <Button
          color="ink"
          leftSection={<Icon name="rocket" size={17} />}
          onClick={() => view.setState({ dialog: 'publish' })}
          {...(isReadOnly ? closedProps(say('Your key can only view.')) : {})}
        >
          {say('Publish')}
        </Button>
      </div>
    </header>
  );
}

/** The canvas with what belongs to it. The node in the address is opened and put into the middle. */
function Draw({ node }: { readonly node: string | undefined }) {
  const editor = useEditor();
  useKeys(editor);
  useEffect(() => {
    const { store, stage } = editor;
    if (node === undefined || !store.getState().flow.nodes.some(({ id }) => id === node)) return;
    store.getState().select([node]);
    // The stage is there once the canvas has been drawn.
    const frame = requestAnimationFrame(() => stage.current?.center(node));
    return () => cancelAnimationFrame(frame);
  }, [editor, node]);
  return (
    <div className="draw">
      <Palette />
      <main className="draw-canvas">
        <Canvas />
        <Toolbar />
        <Picker />
        <FindBox />
        <NodeMenu />
        <Merged />
        <ConnectDialog />
        <Everywhere />
        <KeysDialog />
      </main>
      <Panel />
    </div>
  );
}

/** Returns the function that opens the canvas with a node in its middle. */
function useShowNode(code: string): (node: string) => void {
  const navigate = useNavigate();
  return (node) => void navigate({ to: '/flows/$code', params: { code }, search: { node } });
}

/** The history, from which an earlier state is drawn again as a step that can be undone. */
function Past({ row }: { readonly row: FlowRow }) {
  const { store, nodeTypes, isReadOnly } = useEditor();
  const definition = useEdited(({ flow }) => flow);
  const showNode = useShowNode(row.code);
  const navigate = useNavigate();
  const restore = (label: string, past: FlowDefinition) => {
    store.getState().change(label, () => past);
    void navigate({ to: '/flows/$code', params: { code: row.code } });
  };
  return (
    <main className="editor-page">
      <History flow={row} definition={definition} nodeTypes={nodeTypes} isReadOnly={isReadOnly} onRestore={restore} onShow={showNode} />
    </main>
  );
}

/** The drawer in which the flow is published. */
function Publishing({ row }: { readonly row: FlowRow }) {
  const editor = useEditor();
  const isOpen = useView(({ dialog }) => dialog === 'publish');
  const definition = useEdited(({ flow }) => flow);
  const showNode = useShowNode(row.code);
  const navigate = useNavigate();
  const close = () => editor.view.setState({ dialog: undefined });
  const show = (node: string) => {
    close();
    showNode(node);
  };
  const showFlow = () => {
    close();
    editor.store.getState().select([]);
    void navigate({ to: '/flows/$code', params: { code: row.code } });
  };
  return (
    <PublishDrawer
      isOpen={isOpen}
      flow={row}
      definition={definition}
      nodeTypes={editor.nodeTypes}
      save={() => whenSaved(editor)}
      onClose={close}
      onShow={show}
      onShowFlow={showFlow}
    />
  );
}
