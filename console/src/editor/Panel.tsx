import { Button, TextInput } from '@mantine/core';
import type { FlowNode } from '../../../src/contract/index.js';
import { Glyph } from '../canvas/Glyph.js';
import { setFlow, setNode } from '../flow/commands.js';
import { Icon } from '../look/Icon.js';
import { useEdited, useEditor } from './editor-context.js';
import { runAction } from './run-action.js';

/** What stands on the right: the form of the selected node, what one can do with several, else the flow itself. */
export function Panel() {
  const { say } = useEditor();
  const count = useEdited(({ selection }) => selection.length);
  const node = useEdited(({ flow, selection }) => (selection.length === 1 ? flow.nodes.find(({ id }) => id === selection[0]) : undefined));
  return (
    <aside className="panel" id="panel" aria-label={say('Settings')}>
      {node ? <NodePanel key={node.id} node={node} /> : count > 1 ? <ManyPanel count={count} /> : <FlowPanel />}
    </aside>
  );
}

function NodePanel({ node }: { readonly node: FlowNode }) {
  const { store, nodeTypes, say, isReadOnly } = useEditor();
  const type = nodeTypes.get(node.type);
  const title = type ? say(type.title) : node.type;
  const rename = (name: string) => store.getState().change(say('Rename a node'), setNode(node.id, 'name', name), `name ${node.id}`);
  return (
    <>
      <header className="panel-head">
        <Glyph icon={type?.icon ?? 'puzzle'} group={type?.group} />
        <div>
          <TextInput
            variant="unstyled"
            className="panel-name"
            aria-label={say('Name')}
            placeholder={title}
            maxLength={200}
            value={node.name ?? ''}
            readOnly={isReadOnly}
            onChange={(event) => rename(event.currentTarget.value)}
          />
          <p>
            {title} · <code>{node.id}</code>
          </p>
        </div>
      </header>
      {type ? <p className="panel-sentence">{say(type.sentence)}</p> : <p>{say('The host does not have this node type.')}</p>}
    </>
  );
}

function ManyPanel({ count }: { readonly count: number }) {
  const editor = useEditor();
  const { say, isReadOnly } = editor;
  return (
    <>
      <header className="panel-head">
        <h2>{say('{count, plural, one {# node} other {# nodes}}', { count })}</h2>
      </header>
      <div className="panel-actions">
        <Button
          variant="default"
          leftSection={<Icon name="layout-distribute-vertical" size={16} />}
          disabled={isReadOnly}
          onClick={() => runAction(editor, 'tidy')}
        >
          {say('Tidy up')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="copy" size={16} />}
          disabled={isReadOnly}
          onClick={() => runAction(editor, 'duplicate')}
        >
          {say('Duplicate')}
        </Button>
        <Button
          variant="default"
          color="red"
          leftSection={<Icon name="trash" size={16} />}
          disabled={isReadOnly}
          onClick={() => runAction(editor, 'delete')}
        >
          {say('Delete')}
        </Button>
      </div>
    </>
  );
}

function FlowPanel() {
  const { store, say, isReadOnly } = useEditor();
  const name = useEdited(({ flow }) => flow.name);
  const remark = useEdited(({ flow }) => flow.remark ?? '');
  const { change } = store.getState();
  return (
    <>
      <header className="panel-head">
        <Glyph icon="route" group="core" />
        <div>
          <TextInput
            variant="unstyled"
            className="panel-name"
            aria-label={say('Name of the flow')}
            maxLength={200}
            value={name}
            readOnly={isReadOnly}
            onChange={(event) => change(say('Rename the flow'), setFlow('/name', event.currentTarget.value), 'name')}
          />
          <p>{say('The flow itself')}</p>
        </div>
      </header>
      <TextInput
        label={say('Remark')}
        value={remark}
        maxLength={2_000}
        readOnly={isReadOnly}
        onChange={(event) => change(say('Change the remark'), setFlow('/remark', event.currentTarget.value || undefined), 'remark')}
      />
    </>
  );
}
