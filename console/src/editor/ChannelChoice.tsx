import { Checkbox, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FlowDefinition } from '../../../src/contract/flow.js';
import { isMessageTrigger, TRIGGER_PLATFORM } from '../../../src/contract/flow.js';
import type { ChannelRow } from '../api/channels.js';
import { read } from '../api/client.js';
import { useSay } from '../look/Languages.js';

/** What the choice of channels needs. */
interface ChannelChoiceProps {
  readonly flow: FlowDefinition;
  readonly chosen: readonly string[];
  /** True while the flow is ONLINE: then its channels stay. */
  readonly isFixed: boolean;
  readonly onChange: (channels: readonly string[]) => void;
}

/** Returns the channels of the account, those first that a trigger of the flow listens on. */
export function useChannels() {
  return useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => read<{ items: ChannelRow[] }>('/channels?limit=200', signal) });
}

/** Returns the channels that a flow most likely means, if it is bound to none: the only one of each platform that it listens on. */
export function likelyChannels(flow: FlowDefinition, channels: readonly ChannelRow[]): readonly string[] {
  const platforms = new Set(flow.triggers.filter(isMessageTrigger).map(({ type }) => TRIGGER_PLATFORM[type]));
  return [...platforms].flatMap((platform) => {
    const fitting = channels.filter((channel) => channel.platform === platform);
    return fitting.length === 1 ? fitting.map(({ id }) => id) : [];
  });
}

/** Asks on which channels the flow talks. */
export function ChannelChoice({ flow, chosen, isFixed, onChange }: ChannelChoiceProps) {
  const say = useSay();
  const channels = useChannels();
  const platforms = new Set(flow.triggers.filter(isMessageTrigger).map(({ type }) => TRIGGER_PLATFORM[type]));
  const rows = channels.data?.items ?? [];
  if (channels.data && rows.length === 0)
    return (
      <p>
        {say('There is no channel yet.')} <Link to="/channels">{say('Connect an account')}</Link>
      </p>
    );
  return (
    <Stack gap="xs">
      {rows.map(({ id, name, platform }) => (
        <Checkbox
          key={id}
          label={`${name} (${id})`}
          checked={chosen.includes(id)}
          disabled={isFixed}
          {...(platforms.size > 0 && platform && !platforms.has(platform)
            ? { description: say('No trigger of this flow fits this channel') }
            : {})}
          onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
      {isFixed ? <p className="table-small">{say('Channels can be changed while the flow is offline.')}</p> : null}
    </Stack>
  );
}
