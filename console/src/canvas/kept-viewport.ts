import type { Viewport } from './initial-viewport.js';

const key = (code: string) => `parley.viewport.${code}`;

/** Keeps where one is on the canvas of a flow, for the next time it is opened. */
export function keepViewport(code: string, { x, y, zoom }: Viewport): void {
  try {
    localStorage.setItem(key(code), JSON.stringify({ x, y, zoom }));
  } catch {
    // A full store costs a glance at the whole flow.
  }
}

/** Returns where one left the canvas of a flow. */
export function keptViewport(code: string): Viewport | undefined {
  try {
    const { x, y, zoom } = JSON.parse(localStorage.getItem(key(code)) ?? '') as Viewport;
    return [x, y, zoom].every(Number.isFinite) ? { x, y, zoom } : undefined;
  } catch {
    return undefined;
  }
}
