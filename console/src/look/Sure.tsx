import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useSay } from './Languages.js';

/** What a question before something that cannot be taken back needs. */
interface SureProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly sentence: string;
  /** The words on the button. */
  readonly action: string;
  readonly onClose: () => void;
  readonly onSure: () => Promise<unknown>;
}

/** Asks before something that cannot be taken back. */
export function Sure({ isOpen, title, sentence, action, onClose, onSure }: SureProps) {
  const say = useSay();
  const [isBusy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await onSure();
    setBusy(false);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered>
      <p style={{ marginTop: 0 }}>{sentence}</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {say('Cancel')}
        </Button>
        <Button color="red" loading={isBusy} onClick={() => void act()}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
