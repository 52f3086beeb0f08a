import type { MouseEvent } from 'react';

/**
 * Returns the props of a button that may not be used now, with the reason. It can still be reached by keyboard, so that everybody learns why.
 *
 * @example
 * <Button {...(mayEdit(who) ? {} : closedProps(say('Your key can only view.')))}>
 */
export function closedProps(reason: string) {
  return { 'data-disabled': true, 'aria-disabled': true, title: reason, onClick: (event: MouseEvent) => event.preventDefault() } as const;
}
