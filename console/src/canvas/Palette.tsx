import './palette.css';
import { TextInput } from '@mantine/core';
import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { NodeDescriptor } from '../api/descriptors.js';
import { useEditor, useView } from '../editor/editor-context.js';
import { Icon } from '../look/Icon.js';
import { addAtScreen, addNextToSelection } from './add.js';
import { foundTypes } from './found-types.js';
import { Glyph } from './Glyph.js';

/** The node types to draw with: drag one onto the canvas, or choose one and then its place. */
export function Palette() {
  const { nodeTypes, say, isReadOnly } = useEditor();
  const [search, setSearch] = useState('');
  const groups = useMemo(() => foundTypes(nodeTypes, search, say), [nodeTypes, search, say]);
  return (
    <nav className="palette" aria-label={say('Node types')}>
      <TextInput
        variant="filled"
        placeholder={say('Search nodes')}
        aria-label={say('Search nodes')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        leftSection={<Icon name="search" size={16} />}
      />
      {groups.map(({ title, types }) => (
        <section key={title} aria-label={say(title)}>
          <h2 className="palette-group">{say(title)}</h2>
          {types.map((type) => (
            <PaletteItem key={type.type} type={type} isDisabled={isReadOnly} />
          ))}
        </section>
      ))}
      {groups.length === 0 ? <p className="palette-none">{say('No node type matches these words.')}</p> : null}
    </nav>
  );
}

interface Drag {
  readonly x: number;
  readonly y: number;
}

/** How far the pointer moves before a press becomes a drag, in pixels. */
const THRESHOLD = 5;

function PaletteItem({ type, isDisabled }: { readonly type: NodeDescriptor; readonly isDisabled: boolean }) {
  const editor = useEditor();
  const { view, say } = editor;
  const isArmed = useView(({ armed }) => armed === type.type);
  const start = useRef<Drag>(undefined);
  const [drag, setDrag] = useState<Drag>();
  const move = (event: PointerEvent) => {
    const from = start.current;
    if (!from) return;
    const to = { x: event.clientX, y: event.clientY };
    if (drag || Math.hypot(to.x - from.x, to.y - from.y) > THRESHOLD) setDrag(to);
  };
  const end = (event: PointerEvent) => {
    const isDragged = drag !== undefined;
    start.current = undefined;
    setDrag(undefined);
    if (isDragged) addAtScreen(editor, type, { x: event.clientX, y: event.clientY });
    else if (event.type === 'pointerup') view.setState({ armed: isArmed ? undefined : type.type });
  };
  return (
    <>
      <button
        type="button"
        className="palette-item"
        title={`${say(type.title)}: ${say(type.sentence)}`}
        // Where there is little room the words are hidden.
        aria-label={say(type.title)}
        disabled={isDisabled}
        aria-pressed={isArmed}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={() => {
          start.current = undefined;
          setDrag(undefined);
        }}
        // A press of a key is a click without a pointer.
        onClick={(event) => (event.detail === 0 ? addNextToSelection(editor, type) : undefined)}
      >
        <Glyph icon={type.icon} group={type.group} />
        <span>{say(type.title)}</span>
      </button>
      {drag
        ? createPortal(
            <div className="palette-ghost" style={{ left: drag.x, top: drag.y }}>
              <Glyph icon={type.icon} group={type.group} /> {say(type.title)}
            </div>,
            document.body,
          )
        : null}
    </>
  );
}
