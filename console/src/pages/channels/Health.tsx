import type { ChannelRow } from '../../api/channels.js';
import { useSay } from '../../look/Languages.js';
import { When } from '../../look/When.js';

/** Says when a channel last heard and sent something since the host started, and its last error. */
export function Health({ health: { lastDeliveryAt, lastSentAt, lastError } }: { readonly health: ChannelRow['health'] }) {
  const say = useSay();
  if (!lastDeliveryAt && !lastSentAt && !lastError)
    return <span className="table-small">{say('Nothing received or sent since the host started')}</span>;
  return (
    <div className="table-small">
      <div>
        {say('Received')} <When at={lastDeliveryAt} /> · {say('Sent')} <When at={lastSentAt} />
      </div>
      {lastError ? (
        <div style={{ color: 'var(--error)' }}>
          <When at={lastError.at} /> {lastError.message}
        </div>
      ) : null}
    </div>
  );
}
