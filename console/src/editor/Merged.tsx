import { Button, CloseButton } from '@mantine/core';
import type { NodeId } from '../../../src/contract/index.js';
import type { Say } from '../look/Languages.js';
import { useEditor, useView } from './editor-context.js';
import type { ViewState } from './view.js';

/** Says what another editor has changed, in words. */
export function sayMerged({ by, nodes }: NonNullable<ViewState['merged']>, say: Say): string {
  const values = { name: by ?? say('Somebody else'), count: nodes.length };
  return say('{name} changed {count, plural, =0 {the flow} one {# node} other {# nodes}}', values);
}

/** Tells that another editor's changes were merged, until it is closed. */
export function Merged() {
  const { view, store, stage, say } = useEditor();
  const merged = useView((state) => state.merged);
  if (!merged) return null;
  const close = () => view.setState({ merged: undefined });
  const show = () => {
    const present: readonly NodeId[] = store.getState().flow.nodes.flatMap(({ id }) => (merged.nodes.includes(id) ? [id] : []));
    store.getState().select(present);
    stage.current?.show(present);
    close();
  };
  return (
    <div className="merged">
      <span>{sayMerged(merged, say)}</span>
      {merged.nodes.length > 0 ? (
        <Button size="xs" variant="default" onClick={show}>
          {say('Show')}
        </Button>
      ) : null}
      <CloseButton size="sm" aria-label={say('Close')} onClick={close} />
    </div>
  );
}
