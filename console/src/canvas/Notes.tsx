import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { JsonObject } from '../../../src/contract/json.js';
import { useEdited, useEditor } from '../editor/editor-context.js';
import { setFlow } from '../flow/commands.js';
import { type Note, noteAt, withoutNote } from '../flow/notes.js';
import { Icon } from '../look/Icon.js';
import './notes.css';

/** How far the arrow keys move a note, alone and with Shift. */
const STEPS = { small: 8, large: 40 } as const;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The notes on the canvas: words for the people who draw, which no run reads. They lie below the cards. */
export function Notes() {
  const notes = useEdited(({ flow }) => flow.notes);
  return (
    <ViewportPortal>
      {notes?.map((note, place) => (
        <NoteCard key={String(note['id'] ?? place)} note={note} place={place} />
      ))}
    </ViewportPortal>
  );
}

function NoteCard({ note, place }: { readonly note: JsonObject; readonly place: number }) {
  const { store, say, isReadOnly } = useEditor();
  const { change } = store.getState();
  const { x, y, text }: Note = noteAt(note);
  const { drag, moved } = useDrag(({ dx, dy }) => move(dx, dy));
  const move = (dx: number, dy: number) =>
    change(say('Move a note'), setFlow(`/notes/${place}/position`, { x: x + dx, y: y + dy }), `note ${place}`);
  const keys = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow || isReadOnly) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? STEPS.large : STEPS.small;
    move(arrow[0] * step, arrow[1] * step);
  };
  return (
    <div className="note nopan nodrag nowheel" style={{ transform: `translate(${x + moved.dx}px, ${y + moved.dy}px)` }}>
      <div className="note-head">
        <button type="button" className="note-grip" aria-label={say('Move the note')} disabled={isReadOnly} onKeyDown={keys} {...drag}>
          <Icon name="note" size={14} />
        </button>
        {isReadOnly ? null : (
          <button
            type="button"
            className="note-remove"
            aria-label={say('Remove the note')}
            onClick={() => change(say('Remove a note'), withoutNote(place))}
          >
            <Icon name="x" size={14} />
          </button>
        )}
      </div>
      <textarea
        aria-label={say('Note')}
        placeholder={say('A note for the people who draw')}
        dir="auto"
        value={text}
        readOnly={isReadOnly}
        onChange={(event) => change(say('Change a note'), setFlow(`/notes/${place}/text`, event.currentTarget.value), `note ${place} text`)}
      />
    </div>
  );
}

interface Moved {
  readonly dx: number;
  readonly dy: number;
}
const STILL: Moved = { dx: 0, dy: 0 };

/** Returns the handlers of a grip, and how far it has been dragged in the units of the canvas. The end of the drag is one change. */
function useDrag(onEnd: (moved: Moved) => void) {
  const { getZoom } = useReactFlow();
  const [from, setFrom] = useState<{ readonly x: number; readonly y: number }>();
  const [moved, setMoved] = useState(STILL);
  const drag = {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setFrom({ x: event.clientX, y: event.clientY });
    },
    onPointerMove: (event: PointerEvent) => {
      if (from) setMoved({ dx: Math.round((event.clientX - from.x) / getZoom()), dy: Math.round((event.clientY - from.y) / getZoom()) });
    },
    onPointerUp: () => {
      setFrom(undefined);
      setMoved(STILL);
      if (moved.dx !== 0 || moved.dy !== 0) onEnd(moved);
    },
    onPointerCancel: () => {
      setFrom(undefined);
      setMoved(STILL);
    },
  };
  return { drag, moved };
}
