import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { landingPlace } from './reorder.js';

/** A drag that is under way: which row, and where it would land. */
interface Drag {
  readonly from: number;
  readonly to: number;
}

/**
 * Lets a person change the order of rows: by dragging a handle with mouse, pen or finger, or with the arrow keys on it. Rows are the children
 * of the element that `list` is set on.
 *
 * @param onMove - called once, when the row is dropped
 */
export function useReorder(onMove: (from: number, to: number) => void) {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const rows = () => [...(list.current?.children ?? [])] as HTMLElement[];
  const count = () => rows().length;
  const handle = (i: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.focus();
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: i, to: i });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.from !== i) return;
      const middles = rows().map((row) => {
        const { top, height } = row.getBoundingClientRect();
        return top + height / 2;
      });
      setDrag({ from: i, to: landingPlace(middles, i, event.clientY) });
    },
    onPointerUp: () => {
      if (drag && drag.from !== drag.to) onMove(drag.from, drag.to);
      setDrag(undefined);
    },
    onPointerCancel: () => setDrag(undefined),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const to = event.key === 'ArrowUp' ? i - 1 : event.key === 'ArrowDown' ? i + 1 : i;
      if (to === i || to < 0 || to >= count()) return;
      event.preventDefault();
      onMove(i, to);
      // Rows are drawn by their place, so the handle of the new place is the moved one's.
      requestAnimationFrame(() => rows()[to]?.querySelector<HTMLElement>('[data-handle]')?.focus());
    },
  });
  const row = (i: number) => ({
    'data-dragged': drag?.from === i || undefined,
    'data-drop': drag && drag.from !== drag.to && i === drag.to ? (drag.to > drag.from ? 'below' : 'above') : undefined,
  });
  return { list, handle, row };
}
