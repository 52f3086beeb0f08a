import { Alert } from '@mantine/core';
import { Icon } from '../../look/Icon.js';
import type { Say } from '../../look/Languages.js';

/** A file that could not be imported, and why. */
export interface RefusedFile {
  readonly name: string;
  readonly problems: readonly { readonly place: string; readonly message: string; readonly hint?: string }[];
}

/** All that is wrong with a file that could not be imported, each with its place. */
export function ImportProblems({
  refused,
  say,
  onClose,
}: {
  readonly refused: RefusedFile;
  readonly say: Say;
  readonly onClose: () => void;
}) {
  return (
    <Alert
      color="red"
      variant="light"
      mb="md"
      role="alert"
      withCloseButton
      closeButtonLabel={say('Close')}
      onClose={onClose}
      icon={<Icon name="alert-triangle" />}
      title={say('{name} was not imported', { name: refused.name })}
    >
      <ul className="import-problems">
        {refused.problems.map(({ place, message, hint }) => (
          <li key={`${place} ${message}`}>
            {place === '' ? null : <code>{place}</code>} {message} {hint}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
