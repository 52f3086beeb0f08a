import { useSay } from './Languages.js';
import './pills.css';

/** Says whether a flow is online, and whether its draft differs from what is. */
export function StatePill({
  state,
  version,
  isChanged,
}: {
  readonly state: 'ONLINE' | 'OFFLINE';
  readonly version?: number;
  readonly isChanged?: boolean;
}) {
  const say = useSay();
  const isOnline = state === 'ONLINE';
  return (
    <span className="pills">
      <span className="pill" data-kind={isOnline ? 'online' : 'quiet'}>
        <span className="pill-dot" /> {isOnline ? say('Online v{version}', { version: version ?? '' }) : say('Offline')}
      </span>
      {isOnline && isChanged ? <span className="pill">{say('Draft differs')}</span> : null}
    </span>
  );
}
