import { moveNodes } from '../flow/commands.js';
import type { EditorParts } from './editor-context.js';
import { speak } from './view.js';

/** Tidies up the selected nodes, if there are several, else the whole flow. The layout is loaded when it is used for the first time. */
export async function tidyUp({ store, view, stage, say, nodeTypes, drawnOf }: EditorParts): Promise<void> {
  const { flow, selection } = store.getState();
  const only = selection.length > 1 ? new Set(selection) : undefined;
  const { tidyPositions } = await import('../canvas/tidy.js');
  const positions = await tidyPositions(flow, { nodeTypes, drawnOf, ...(only ? { only } : {}) });
  store.getState().change(say('Tidy up'), moveNodes(positions));
  speak(view, say('Tidied up'));
  if (!only) stage.current?.showBeginning();
}
