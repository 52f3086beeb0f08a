import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ChannelRow } from '../../api/channels.js';
import { read } from '../../api/client.js';
import { useWho } from '../../api/who.js';
import { CopyField } from '../../look/CopyField.js';
import { Empty } from '../../look/Empty.js';
import { Failed } from '../../look/Failed.js';
import { GreyLines } from '../../look/GreyLines.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { PLATFORMS } from '../../look/platforms.js';
import { Health } from './Health.js';
import '../../look/table.css';
import '../../look/pills.css';

/** All channels: the accounts at providers on which flows talk. */
export function ChannelsPage() {
  const say = useSay();
  const isAdmin = useWho()?.role === 'admin';
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: ({ signal }) => read<{ items: ChannelRow[] }>('/channels?limit=200', signal),
  });
  const rows = channels.data?.items;
  return (
    <>
      <header className="page-head">
        <h1>{say('Channels')}</h1>
        {isAdmin ? (
          <Button color="ink" leftSection={<Icon name="plus" />} component={Link} to="/channels/new">
            {say('Connect an account')}
          </Button>
        ) : null}
      </header>
      {channels.error ? <Failed error={channels.error} again={() => void channels.refetch()} /> : null}
      <div className="sheet">
        {rows === undefined && !channels.error ? <GreyLines /> : null}
        {rows?.length === 0 ? (
          <Empty
            icon="plug-connected"
            title={say('No channels yet')}
            sentence={say('A channel is your account at WhatsApp or Viber. Flows send and receive messages through it.')}
          />
        ) : null}
        {rows !== undefined && rows.length > 0 ? <ChannelTable rows={rows} /> : null}
      </div>
    </>
  );
}

function ChannelTable({ rows }: { readonly rows: readonly ChannelRow[] }) {
  const say = useSay();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{say('Channel')}</th>
          <th scope="col">{say('Webhook address')}</th>
          <th scope="col">{say('Flows')}</th>
          <th scope="col">{say('Health')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((channel) => (
          <tr key={channel.id}>
            <td>
              <Link to="/channels/$id" params={{ id: channel.id }} className="table-name">
                {channel.name}
              </Link>
              <div className="table-small">
                {channel.platform ? (
                  <>
                    <Icon name={PLATFORMS[channel.platform].icon} size={14} /> {PLATFORMS[channel.platform].title}
                  </>
                ) : (
                  channel.adapter
                )}{' '}
                · {channel.id} {channel.demo ? <span className="pill">{say('Emulated')}</span> : null}
              </div>
            </td>
            <td>
              <CopyField label={say('Webhook address')} value={channel.webhookUrl} />
            </td>
            <td>{channel.flows?.join(', ') || '–'}</td>
            <td>
              <Health health={channel.health} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
