import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.js';
import type { FlowRow } from '../../api/flows.js';
import { Failed } from '../../look/Failed.js';
import { useSay } from '../../look/Languages.js';

/** Takes a flow offline, and asks what becomes of the people who are in it. */
export function TakeOffline({ flow, isOpen, onClose }: { readonly flow: FlowRow; readonly isOpen: boolean; readonly onClose: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const [sessions, setSessions] = useState('finish');
  const [message, setMessage] = useState('');
  const [error, setError] = useState<Error>();
  const act = async () => {
    try {
      const lastWord = sessions === 'end' && message.trim() !== '' ? { message } : {};
      await call('POST', `/flows/${flow.code}/offline`, { body: { sessions, ...lastWord } });
      await queries.invalidateQueries();
      onClose();
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={say('Take “{name}” offline', { name: flow.name })} centered>
      <Stack gap="md">
        <Radio.Group
          value={sessions}
          onChange={setSessions}
          label={say('{count, plural, =0 {Nobody is in it now} one {# person is in it now} other {# people are in it now}}', {
            count: flow.waiting,
          })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="finish" label={say('They finish')} description={say('Nobody can start it any more.')} />
            <Radio
              value="end"
              label={say('End their conversations')}
              description={say('They get the last message below, if there is one.')}
            />
          </Stack>
        </Radio.Group>
        {sessions === 'end' ? (
          <Textarea
            label={say('Last message')}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
            autosize
            minRows={2}
            dir="auto"
          />
        ) : null}
        {error ? <Failed error={error} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {say('Cancel')}
          </Button>
          <Button color="ink" onClick={() => void act()}>
            {say('Take offline')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
