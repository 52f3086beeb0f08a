import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, read } from '../api/client.js';
import type { FlowRow } from '../api/flows.js';
import { Failed } from '../look/Failed.js';
import { ChannelChoice } from './ChannelChoice.js';
import { useEdited, useEditor } from './editor-context.js';

/** The channels that the flow talks on. They are no part of the flow file, so a change of them is no step of undo. */
export function FlowChannels() {
  const { say, isReadOnly } = useEditor();
  const queries = useQueryClient();
  const flow = useEdited((state) => state.flow);
  const [error, setError] = useState<Error>();
  const key = ['flow', flow.code];
  const row = useQuery({ queryKey: key, queryFn: ({ signal }) => read<FlowRow>(`/flows/${flow.code}`, signal) }).data;
  if (!row) return null;
  const bind = async (channels: readonly string[]) => {
    setError(undefined);
    try {
      const { body } = await call<FlowRow>('PUT', `/flows/${flow.code}/channels`, { body: { channels } });
      queries.setQueryData(key, body);
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return (
    <section className="panel-channels" aria-labelledby="panel-channels">
      <h3 id="panel-channels">{say('Channels')}</h3>
      <ChannelChoice
        flow={flow}
        chosen={row.channels}
        isFixed={isReadOnly || row.state === 'ONLINE'}
        onChange={(channels) => void bind(channels)}
      />
      {error ? <Failed error={error} /> : null}
    </section>
  );
}
