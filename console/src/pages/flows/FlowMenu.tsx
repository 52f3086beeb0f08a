import { Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.js';
import { createFlow, type FlowRow } from '../../api/flows.js';
import { mayEdit, useWho } from '../../api/who.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { notify } from '../../look/notify.js';
import { Sure } from '../../look/Sure.js';
import { TakeOffline } from './TakeOffline.js';

/** What can be done with a whole flow. The child is the button that opens it. */
export function FlowMenu({ flow, children }: { readonly flow: FlowRow; readonly children: ReactNode }) {
  const say = useSay();
  const who = useWho();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'offline' | 'delete'>();
  const isOnline = flow.state === 'ONLINE';
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await queries.invalidateQueries({ queryKey: ['flows'] });
    } catch (error) {
      void notify({ color: 'red', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const copy = () =>
    attempt(async () => {
      const { code } = await createFlow({ copyOf: flow.code, name: say('Copy of {name}', { name: flow.name }) });
      await navigate({ to: '/flows/$code', params: { code } });
    });
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>{children}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="copy" size={16} />} disabled={!mayEdit(who)} onClick={() => void copy()}>
            {say('Duplicate')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="download" size={16} />}
            component="a"
            href={`/api/flows/${flow.code}/export`}
            download={`${flow.code}.json`}
          >
            {say('Export the draft')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="ban" size={16} />} disabled={!mayEdit(who) || !isOnline} onClick={() => setAsked('offline')}>
            {say('Take offline…')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="trash" size={16} />}
            color="red"
            disabled={!mayEdit(who) || isOnline}
            onClick={() => setAsked('delete')}
          >
            {isOnline ? say('Delete (take it offline first)') : say('Delete…')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TakeOffline flow={flow} isOpen={asked === 'offline'} onClose={() => setAsked(undefined)} />
      <Sure
        isOpen={asked === 'delete'}
        title={say('Delete “{name}”?', { name: flow.name })}
        sentence={say('The draft and its history are deleted. People who are in the flow finish on their version.')}
        action={say('Delete')}
        onClose={() => setAsked(undefined)}
        onSure={() => attempt(() => call('DELETE', `/flows/${flow.code}`))}
      />
    </>
  );
}
