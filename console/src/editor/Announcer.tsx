import { VisuallyHidden } from '@mantine/core';
import { useView } from './editor-context.js';

/** Says to a screen reader what has happened, in words of ours. */
export function Announcer() {
  const { words, count } = useView(({ spoken }) => spoken);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {/* The same words twice are two announcements. */}
      {count % 2 === 0 ? words : `${words}\u00a0`}
    </VisuallyHidden>
  );
}
