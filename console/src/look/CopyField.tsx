import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Icon } from './Icon.js';
import { useSay } from './Languages.js';
import './copy-field.css';

/** Shows a text that is needed elsewhere, such as a webhook address, with a button that copies it. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const say = useSay();
  const clipboard = useClipboard({ timeout: 1_500 });
  return (
    <div className="copy-field">
      <code>{value}</code>
      <ActionIcon
        variant="subtle"
        color="ink.6"
        aria-label={clipboard.copied ? say('Copied') : say('Copy {label}', { label })}
        onClick={() => clipboard.copy(value)}
      >
        <Icon name={clipboard.copied ? 'check' : 'copy'} size={16} />
      </ActionIcon>
    </div>
  );
}
