import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { read } from '../../api/client.js';
import type { NodeDescriptors } from '../../api/descriptors.js';
import type { FlowRow } from '../../api/flows.js';
import { mayEdit, useWho } from '../../api/who.js';
import { browserMeasure, createDrawnOf } from '../../canvas/drawn.js';
import { type EditorParts, EditorProvider } from '../../editor/editor-context.js';
import { type OpenedHere, openHere, readNodeTypes } from '../../editor/open-here.js';
import { arePlaced, placeNodes } from '../../editor/place-nodes.js';
import { createEditorStore } from '../../editor/store.js';
import { useAutosave } from '../../editor/use-autosave.js';
import { createView } from '../../editor/view.js';
import { Failed } from '../../look/Failed.js';
import { type Say, useSay } from '../../look/Languages.js';
import { FlowEditor } from './FlowEditor.js';

/** One flow: its editor and its history. */
export function FlowPage() {
  const { code = '' } = useParams({ strict: false });
  const who = useWho();
  const nodeTypes = useQuery({
    queryKey: ['node-types'],
    queryFn: ({ signal }) => readNodeTypes(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const flow = useQuery({ queryKey: ['flow', code], queryFn: ({ signal }) => read<FlowRow>(`/flows/${code}`, signal) });
  // What is opened is edited from then on: it is never read again behind the back of the person.
  const opening = useQuery({
    queryKey: ['opening', code],
    queryFn: () => openHere(code),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const failed = [nodeTypes, flow, opening].find(({ error }) => error);
  if (failed?.error && !(opening.data && flow.data)) return <Failed error={failed.error} again={() => void failed.refetch()} />;
  if (!who || !nodeTypes.data || !flow.data || !opening.data) return null;
  return <Opened key={code} row={flow.data} opening={opening.data} nodeTypes={nodeTypes.data} isReadOnly={!mayEdit(who)} />;
}

interface OpenedProps {
  readonly row: FlowRow;
  readonly opening: OpenedHere;
  readonly nodeTypes: NodeDescriptors;
  readonly isReadOnly: boolean;
}

function Opened({ row, opening, nodeTypes, isReadOnly }: OpenedProps) {
  const say = useSay();
  const [editor] = useState(() => createEditor(opening, { nodeTypes, isReadOnly, say }));
  useAutosave(editor, opening);
  const [isPlaced, setPlaced] = useState(() => arePlaced(editor.store.getState().flow));
  useEffect(() => {
    if (!isPlaced) void placeNodes(editor).finally(() => setPlaced(true));
  }, [editor, isPlaced]);
  if (!isPlaced) return null;
  return (
    <EditorProvider value={editor}>
      <FlowEditor row={row} />
    </EditorProvider>
  );
}

function createEditor(
  { opened }: OpenedHere,
  given: { readonly nodeTypes: NodeDescriptors; readonly isReadOnly: boolean; readonly say: Say },
): EditorParts {
  const measure = browserMeasure();
  return {
    ...given,
    measure,
    store: createEditorStore(opened, () => performance.now()),
    view: createView(),
    drawnOf: createDrawnOf(given.nodeTypes, given.say, measure),
    stage: { current: undefined },
    saving: { current: undefined },
  };
}
