import { type FormEvent, useRef, useState } from 'react';
import type { Problem } from '../../../src/contract/flow.js';
import { calmProblems } from './place-problems.js';

/** How long a person must pause before new problems are shown at the field in which they type. */
const PAUSE_MILLIS = 1_500;

/** Returns the problems to show at a field, and the handlers that notice typing in it. */
export function useCalmProblems(problems: readonly Problem[]) {
  const [isTyping, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shownBefore = useRef<readonly Problem[]>(problems);
  const shown = isTyping ? calmProblems(problems, shownBefore.current) : problems;
  shownBefore.current = shown;
  const rest = () => {
    clearTimeout(timer.current);
    setTyping(false);
  };
  const wait = (field: HTMLElement) => {
    clearTimeout(timer.current);
    // Somebody who chooses from a list has not finished.
    timer.current = setTimeout(() => (hasListOpen(field) ? wait(field) : rest()), PAUSE_MILLIS);
  };
  const type = (event: FormEvent<HTMLElement>) => {
    wait(event.currentTarget);
    setTyping(true);
  };
  // Not while the event is captured: a field would be drawn with its old value before its own handler has seen the new one.
  return { shown, handlers: { onInput: type, onBlur: rest } };
}

function hasListOpen(field: HTMLElement): boolean {
  return field.querySelector('[role="textbox"][aria-controls]') !== null;
}
