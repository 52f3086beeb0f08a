import type { RefObject } from 'react';

/** Puts the cursor into the first field of a row, as soon as the row is drawn. */
export function focusRow(list: RefObject<HTMLElement | null>, place: number): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const row = list.current?.children[place];
      row?.querySelector<HTMLElement>('[contenteditable="true"], input:not([type="checkbox"]):not([type="radio"]), textarea')?.focus();
    }),
  );
}
