import type { PointerEvent } from 'react';
import type { NodeId } from '../../../src/contract/index.js';
import type { Place } from '../editor/view.js';
import { nodeAt } from './at-point.js';

/** How long a finger rests before it is a press, in milliseconds, and how far it may move meanwhile, in pixels. */
const LONG = 550;
const STILL = 10;

/** Returns handlers that notice a finger that rests: not every browser makes it a right click. */
export function longPress(act: (at: Place, node: NodeId | undefined) => void) {
  let start: Place | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => clearTimeout(timer);
  return {
    onPointerDownCapture({ pointerType, isPrimary, clientX: x, clientY: y }: PointerEvent) {
      end();
      if (pointerType !== 'touch' || !isPrimary) return;
      start = { x, y };
      timer = setTimeout(() => {
        // Else the browser makes a click of it, which closes what is opened here.
        document.addEventListener('touchend', (event) => event.preventDefault(), { once: true, passive: false, capture: true });
        act({ x, y }, nodeAt({ x, y }));
      }, LONG);
    },
    onPointerMoveCapture({ clientX, clientY }: PointerEvent) {
      if (start && Math.hypot(clientX - start.x, clientY - start.y) > STILL) end();
    },
    onPointerUpCapture: end,
    onPointerCancelCapture: end,
  };
}
