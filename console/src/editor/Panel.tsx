import { Button, CloseButton, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { FlowNode, JsonObject, Problem } from '../../../src/contract/index.js';
import { upgradedParams } from '../api/flows.js';
import { useFlowForm } from '../api/language.js';
import { Glyph } from '../canvas/Glyph.js';
import { setFlow, setNode, setParam, setVersion } from '../flow/commands.js';
import { Form } from '../form/Form.js';
import type { Change } from '../form/form-view.js';
import { Icon } from '../look/Icon.js';
import { notify } from '../look/notify.js';
import { problemSentence } from '../look/problem-sentence.js';
import { useEdited, useEditor, useView } from './editor-context.js';
import { FlowChannels } from './FlowChannels.js';
import { flowField } from './flow-field.js';
import { NodeLanguages } from './NodeLanguages.js';
import { runAction } from './run-action.js';
import { useFormContext } from './use-form-context.js';

/** What stands on the right: the form of the selected node, what one can do with several, else the flow itself. */
export function Panel() {
  const { say, view } = useEditor();
  const isOpen = useView(({ isPanelOpen }) => isPanelOpen);
  const count = useEdited(({ selection }) => selection.length);
  const node = useEdited(({ flow, selection }) => (selection.length === 1 ? flow.nodes.find(({ id }) => id === selection[0]) : undefined));
  return (
    <aside className="panel" id="panel" aria-label={say('Settings')} data-open={isOpen || undefined}>
      <CloseButton className="panel-close" aria-label={say('Close')} onClick={() => view.setState({ isPanelOpen: false })} />
      {node ? <NodePanel key={node.id} node={node} /> : count > 1 ? <ManyPanel count={count} /> : <FlowPanel />}
    </aside>
  );
}

/** Where the params of a node stand in it: what the form and its problems speak of. */
const PARAMS = '/params';

function NodePanel({ node }: { readonly node: FlowNode }) {
  const { store, nodeTypes, say, isReadOnly } = useEditor();
  const context = useFormContext(node.id);
  const type = nodeTypes.get(node.type);
  const title = type ? say(type.title) : node.type;
  const problems = useProblemsOf(node.id, node.name ?? title);
  const { change } = store.getState();
  const rename = (name: string) => change(say('Rename a node'), setNode(node.id, 'name', name), `name ${node.id}`);
  const setValue: Change = (pointer, value, label) =>
    change(
      label ?? say('Change a node'),
      setParam({ node: node.id, pointer: pointer.slice(PARAMS.length), value }, type),
      `${node.id} ${pointer}`,
    );
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
      {type && (node.version ?? type.version) < type.version && !isReadOnly ? <EarlierVersion node={node} /> : null}
      <ProblemsAtHead problems={problems.filter(({ pointer }) => !pointer.startsWith(PARAMS) && !(type && isOfTranslation(pointer)))} />
      {type ? (
        <>
          <Form field={type.form} value={node.params} pointer={PARAMS} onChange={setValue} problems={problems} context={context} />
          <NodeLanguages node={node} form={type.form} problems={problems.filter(({ pointer }) => isOfTranslation(pointer))} />
        </>
      ) : null}
    </>
  );
}

function isOfTranslation(pointer: string): boolean {
  return /^\/(locales|translatedFrom)(\/|$)/.test(pointer);
}

/** Tells that a node is of an earlier version, which keeps its meaning, and upgrades it. */
function EarlierVersion({ node }: { readonly node: FlowNode }) {
  const { store, say } = useEditor();
  const upgrade = async () => {
    try {
      const { version, params } = await upgradedParams(node);
      store.getState().change(say('Upgrade a node'), setVersion(node.id, { version, params: params as JsonObject }));
    } catch (error) {
      void notify({ color: 'red', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <div className="panel-version">
      <p>{say('This node is of an earlier version. It stays as it is until you upgrade it.')}</p>
      <Button variant="default" size="xs" onClick={() => void upgrade()}>
        {say('Upgrade')}
      </Button>
    </div>
  );
}

/** Returns the problems of a node with pointers that begin at the node: where it stands in the list may have changed since they were found. */
function useProblemsOf(node: string, title: string): readonly Problem[] {
  const all = useEdited(({ problems }) => problems);
  return useMemo(() => {
    const own = all.filter((one) => one.node === node);
    return own.map((one) => ({
      ...one,
      pointer: one.pointer.replace(/^\/nodes\/\d+/, ''),
      message: problemSentence(one.message, { id: node, title }),
    }));
  }, [all, node, title]);
}

/** Problems that no field can show. */
function ProblemsAtHead({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="panel-problems">
      {problems.map(({ pointer, code, severity, message, hint }) => (
        <li key={`${pointer} ${code} ${message}`} data-severity={severity}>
          <Icon name="alert-triangle" size={15} />
          <span>
            {problemSentence(message)} {hint}
          </span>
        </li>
      ))}
    </ul>
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
  const flow = useEdited((state) => state.flow);
  const all = useEdited((state) => state.problems);
  const problems = useMemo(() => all.filter(({ node, pointer }) => node === undefined && !pointer.startsWith('/nodes/')), [all]);
  const context = useFormContext();
  const form = useFlowForm();
  const field = useMemo(() => form && flowField(form), [form]);
  const { change } = store.getState();
  const setValue: Change = (pointer, value, label) => change(label ?? say('Change the flow'), setFlow(pointer, value), pointer);
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
            value={flow.name}
            readOnly={isReadOnly}
            onChange={(event) => change(say('Rename the flow'), setFlow('/name', event.currentTarget.value), 'name')}
          />
          <p>
            {say('The flow itself')} · <code>{flow.code}</code>
          </p>
        </div>
      </header>
      <ProblemsAtHead problems={problems.filter(({ pointer }) => !/^\/(triggers|variables|settings)/.test(pointer))} />
      <Textarea
        label={say('Remark')}
        autosize
        minRows={1}
        maxRows={6}
        mb="md"
        value={flow.remark ?? ''}
        maxLength={2_000}
        readOnly={isReadOnly}
        onChange={(event) => change(say('Change the remark'), setFlow('/remark', event.currentTarget.value || undefined), 'remark')}
      />
      <FlowChannels />
      {field ? (
        <Form field={field} value={flow as unknown as JsonObject} pointer="" onChange={setValue} problems={problems} context={context} />
      ) : null}
    </>
  );
}
