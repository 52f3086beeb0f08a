import { Menu, UnstyledButton } from '@mantine/core';
import type { JsonPatch, Problem } from '../../../src/contract/index.js';
import { mendProblems } from '../flow/mend.js';
import { Icon } from '../look/Icon.js';
import { problemSentence } from '../look/problem-sentence.js';
import { useEdited, useEditor } from './editor-context.js';

/** The problems of the flow as a list in the bar. Each leads to its node and its field. */
export function Problems() {
  const { say } = useEditor();
  const problems = useEdited((state) => state.problems);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const count = problems.length;
  if (count === 0) return null;
  const inOrder = [...errors, ...problems.filter(({ severity }) => severity !== 'error')];
  return (
    <Menu position="bottom-end" width={400} returnFocus={false}>
      <Menu.Target>
        <UnstyledButton className="problems" data-severity={errors.length > 0 ? 'error' : 'warning'}>
          <Icon name="alert-triangle" size={16} /> {say('{count, plural, one {# problem} other {# problems}}', { count })}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className="problems-list">
        <MendAll />
        {inOrder.slice(0, MAX_SHOWN).map((problem) => (
          <ProblemItem key={`${problem.pointer} ${problem.code} ${problem.message}`} problem={problem} />
        ))}
        {count > MAX_SHOWN ? <Menu.Label>{say('{count} more', { count: count - MAX_SHOWN })}</Menu.Label> : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** More than one reads: those behind them are shown when some of these are mended. */
const MAX_SHOWN = 100;

function ProblemItem({ problem }: { readonly problem: Problem }) {
  const { store, stage, nodeTypes, say } = useEditor();
  const { node: id, pointer, severity, message, hint, mend } = problem;
  const node = useEdited(({ flow }) => flow.nodes.find((one) => one.id === id));
  const title = node && (node.name ?? say(nodeTypes.get(node.type)?.title ?? node.type));
  const show = () => {
    store.getState().select(node ? [node.id] : []);
    if (node) stage.current?.center(node.id);
    // The form of a node speaks of places in it.
    focusField(node ? pointer.replace(/^\/nodes\/\d+/, '') : pointer);
  };
  return (
    <div className="problem-row">
      <Menu.Item onClick={show} leftSection={<span className="problem-dot" data-severity={severity} />}>
        <strong>{title ?? say('The flow itself')}</strong>
        <span className="problem-message">{problemSentence(message, node && title ? { id: node.id, title } : undefined)}</span>
        <small>{hint}</small>
      </Menu.Item>
      {mend ? <Mend label={say('Mend')} mends={[mend]} about={hint} /> : null}
    </div>
  );
}

/** Mends all problems that have a mend, as one step. */
function MendAll() {
  const { say } = useEditor();
  const all = useEdited((state) => state.problems);
  const patches = all.flatMap(({ mend }) => (mend ? [mend] : []));
  if (patches.length < 2) return null;
  return <Mend label={say('Mend all ({count})', { count: patches.length })} mends={patches} />;
}

interface MendProps {
  readonly label: string;
  readonly mends: readonly JsonPatch[];
  /** What it does. */
  readonly about?: string;
}

function Mend({ label, mends, about }: MendProps) {
  const { store, isReadOnly } = useEditor();
  const mend = () => {
    const { change, saved } = store.getState();
    change(label, mendProblems(mends, saved));
  };
  if (isReadOnly) return null;
  return (
    <Menu.Item
      className="problem-mend"
      onClick={mend}
      closeMenuOnClick={false}
      aria-label={about === undefined ? label : `${label}: ${about}`}
    >
      {label}
    </Menu.Item>
  );
}

/** Gives the keyboard to the field whose pointer this is, or to the nearest one around it that exists, once the form is drawn. */
function focusField(pointer: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const parts = pointer.split('/');
      for (let length = parts.length; length > 1; length--) {
        const field = document.querySelector<HTMLElement>(`#panel [data-pointer="${CSS.escape(parts.slice(0, length).join('/'))}"]`);
        if (!field) continue;
        // What is folded away has no place on the screen.
        field.closest('details')?.setAttribute('open', '');
        field.scrollIntoView({ block: 'center' });
        field.querySelector<HTMLElement>('input, textarea, select, button, [contenteditable="true"]')?.focus();
        return;
      }
    }),
  );
}
