import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { FlowDefinition, FlowNode } from '../../../src/contract/index.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import { labelsAt } from '../flow/labels-at.js';
import { type Choice, type Clash, mergeFlows } from '../flow/merge.js';
import { portsOfNode, sayPort } from '../flow/ports.js';
import { differentTexts } from './clash-texts.js';
import { type EditorParts, useEditor, useView } from './editor-context.js';
import type { ClashQuestion } from './view.js';

/** Asks what to take where two editors have changed the same: mine, theirs, or both. */
export function ClashDialog() {
  const clash = useView((state) => state.clash);
  return clash ? <OpenClash key={clash.clashes.map(({ key }) => key).join(' ')} clash={clash} /> : null;
}

function OpenClash({ clash: { clashes, versions, by, choose } }: { readonly clash: ClashQuestion }) {
  const { say } = useEditor();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const name = by ?? say('Somebody else');
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title={say('{name} changed the same thing', { name })}
      size={860}
      centered
    >
      <p className="clash-lead">{say('Everything else is merged. Which version do you want to keep here?')}</p>
      {clashes.map((clash) => (
        <section key={clash.key} className="clash">
          <ClashTitle clash={clash} versions={versions} />
          <div className="clash-sides">
            <ClashSide title={say('Mine')} clash={clash} side="mine" flow={versions.mine} />
            <ClashSide title={say('Theirs')} clash={clash} side="theirs" flow={versions.theirs} />
          </div>
          <SegmentedControl
            aria-label={say('Version to keep')}
            value={choices.get(clash.key) ?? 'mine'}
            onChange={(value) => setChoices(new Map([...choices, [clash.key, value as Choice]]))}
            data={clash.choices.map((choice) => ({ value: choice, label: say(CHOICES[choice]) }))}
          />
        </section>
      ))}
      <div className="clash-end">
        <Button color="ink.9" onClick={() => choose(mergeFlows(versions, choices).flow)}>
          {say('Go on')}
        </Button>
      </div>
    </Modal>
  );
}

const CHOICES: Readonly<Record<Choice, string>> = { mine: 'Mine', theirs: 'Theirs', both: 'Both, as copies' };

function ClashTitle({ clash, versions }: { readonly clash: Clash; readonly versions: ClashQuestion['versions'] }) {
  const editor = useEditor();
  const { say } = editor;
  if (clash.kind === 'node') return <h3>{nameOf(clash.mine ?? clash.theirs, editor)}</h3>;
  if (clash.kind === 'member') return <h3>{say(MEMBERS[clash.member] ?? clash.member)}</h3>;
  const from = versions.mine.nodes.find(({ id }) => id === clash.from);
  const port = from && portsOfNode(from, editor.nodeTypes.get(from.type)).find(({ name }) => name === clash.port);
  return <h3>{say('{node}: way “{port}”', { node: nameOf(from, editor), port: sayPort(port ?? { name: clash.port }, say) })}</h3>;
}

/** The members of a flow in words. */
const MEMBERS: Readonly<Record<string, string>> = {
  name: 'Name of the flow',
  remark: 'Remark',
  triggers: 'Triggers',
  variables: 'Variables',
  settings: 'Settings',
  notes: 'Notes',
};

interface SideProps {
  readonly title: string;
  readonly clash: Clash;
  readonly side: 'mine' | 'theirs';
  readonly flow: FlowDefinition;
}

function ClashSide({ title, clash, side, flow }: SideProps) {
  const editor = useEditor();
  return (
    <div className="clash-side">
      <h4>{title}</h4>
      {linesOf({ clash, side, flow }, editor).map(({ label, text }) => (
        <div key={`${label} ${text}`} className="clash-line">
          {label === '' ? null : <small>{label}</small>}
          <span dir="auto">{text}</span>
        </div>
      ))}
    </div>
  );
}

interface Line {
  readonly label: string;
  readonly text: string;
}

/** Returns what is different on one side, in the words of the form. */
function linesOf({ clash, side, flow }: Omit<SideProps, 'title'>, editor: EditorParts): readonly Line[] {
  const { say } = editor;
  if (clash[side] === undefined) return [{ label: '', text: clash.kind === 'way' ? say('Leads nowhere') : say('Removed') }];
  if (clash.kind === 'way') {
    const to = flow.nodes.find(({ id }) => id === clash[side]?.to);
    return [{ label: '', text: say('Leads to {node}', { node: nameOf(to, editor) }) }];
  }
  const lines = differentTexts(clash[side], clash[side === 'mine' ? 'theirs' : 'mine']);
  if (lines.length === 0) return [{ label: '', text: say('As it was') }];
  return lines.map(({ path, text }) => ({ label: labelOf(path, clash, editor), text }));
}

function labelOf(path: readonly string[], clash: Clash, { nodeTypes, say }: EditorParts): string {
  const type = clash.kind === 'node' ? nodeTypes.get((clash.mine ?? clash.theirs)?.type ?? '') : undefined;
  const [first, ...rest] = path;
  const labels = type && first === 'params' ? labelsAt(type.form, pointerOf(rest)) : path.map((name) => NODE_MEMBERS[name] ?? name);
  return labels.map((label) => say(label)).join(' · ');
}

/** The members of a node that are not of its form. */
const NODE_MEMBERS: Readonly<Record<string, string>> = {
  name: 'Name',
  remark: 'Remark',
  locales: 'Other languages',
  translatedFrom: 'Translated from',
};

function nameOf(node: FlowNode | undefined, { nodeTypes, say }: EditorParts): string {
  return node ? (node.name ?? say(nodeTypes.get(node.type)?.title ?? node.type)) : '';
}
