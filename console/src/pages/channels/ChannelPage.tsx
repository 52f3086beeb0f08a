import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../../src/contract/flow.js';
import type { Json, JsonObject } from '../../../../src/contract/json.js';
import type { AdapterDescriptor, ChannelRow } from '../../api/channels.js';
import { ApiProblem, call, read } from '../../api/client.js';
import { useWho } from '../../api/who.js';
import { withValueAt } from '../../flow/json-edit.js';
import { Form } from '../../form/Form.js';
import { NO_CONTEXT } from '../../form/form-context.js';
import { CopyField } from '../../look/CopyField.js';
import { Empty } from '../../look/Empty.js';
import { Failed } from '../../look/Failed.js';
import { GreyLines } from '../../look/GreyLines.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { notify } from '../../look/notify.js';
import { Sure } from '../../look/Sure.js';
import { Health } from './Health.js';
import './channels.css';

/** One channel: its health, its webhook address, and for admins its settings. At `/channels/new` the form of a new one. */
export function ChannelPage() {
  const say = useSay();
  const { id } = useParams({ strict: false });
  const isAdmin = useWho()?.role === 'admin';
  const adapters = useQuery({
    queryKey: ['adapters'],
    queryFn: ({ signal }) => read<{ items: AdapterDescriptor[] }>('/adapters', signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const channel = useQuery({
    queryKey: ['channel', id],
    queryFn: ({ signal }) => read<ChannelRow>(`/channels/${id}`, signal),
    enabled: id !== undefined,
  });
  const failed = adapters.error ?? channel.error;
  if (failed) return <Failed error={failed} again={() => void (adapters.error ? adapters.refetch() : channel.refetch())} />;
  if (!adapters.data || (id !== undefined && !channel.data)) return <GreyLines />;
  return (
    <>
      <header className="page-head">
        <Link to="/channels" className="page-back" aria-label={say('All channels')}>
          <Icon name="chevron-left" />
        </Link>
        <h1>{channel.data?.name ?? say('Connect an account')}</h1>
        {channel.data && isAdmin ? <Delete channel={channel.data} /> : null}
      </header>
      {channel.data ? <Facts channel={channel.data} /> : null}
      {isAdmin ? (
        <Settings key={channel.data?.id ?? 'new'} channel={channel.data} adapters={adapters.data.items} />
      ) : (
        <Empty icon="key" title={say('Settings are for admins')} sentence={say('Ask an admin to change this channel.')} />
      )}
    </>
  );
}

/** What everybody may know of a channel. */
function Facts({ channel }: { readonly channel: ChannelRow }) {
  const say = useSay();
  return (
    <section className="sheet channel-facts" aria-label={say('Facts')}>
      <div>
        <h2>{say('Webhook address')}</h2>
        <CopyField label={say('Webhook address')} value={channel.webhookUrl} />
        <p className="table-small">{say('Enter it at the provider, so that messages arrive here.')}</p>
      </div>
      <div>
        <h2>{say('Health')}</h2>
        <Health health={channel.health} />
      </div>
      <div>
        <h2>{say('Flows')}</h2>
        {channel.flows?.length
          ? channel.flows.map((code) => (
              <div key={code}>
                <Link to="/flows/$code" params={{ code }}>
                  {code}
                </Link>
              </div>
            ))
          : say('No flow is bound to it')}
      </div>
    </section>
  );
}

/** The channel as it is edited: everything that is sent when it is saved. */
interface Draft {
  readonly id: string;
  readonly adapter: string;
  readonly name: string;
  readonly config: JsonObject;
}

/** The form of a channel, from the description of its adapter. */
function Settings({ channel, adapters }: { readonly channel: ChannelRow | undefined; readonly adapters: readonly AdapterDescriptor[] }) {
  const say = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => draftOf(channel, adapters));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [error, setError] = useState<Error>();
  const adapter = adapters.find(({ type }) => type === draft.adapter);
  const change = (pointer: string, value: Json | undefined) => setDraft((now) => withValueAt(now, pointer, value));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    try {
      const { body } = channel
        ? await call<ChannelRow>('PUT', `/channels/${channel.id}`, { body: draft })
        : await call<ChannelRow>('POST', '/channels', { body: draft });
      setProblems([]);
      await queries.invalidateQueries();
      void notify({ color: 'green', message: say('{name} is saved', { name: body.name }) });
      if (!channel) await navigate({ to: '/channels/$id', params: { id: body.id } });
    } catch (failure) {
      const found = failure instanceof ApiProblem ? failure.errors : [];
      setProblems(found.map((one) => ({ ...one, severity: 'error' })));
      setError(failure as Error);
    }
  };
  const own = (pointer: string) => problems.find((one) => one.pointer === pointer)?.message;
  return (
    <form className="channel-form" onSubmit={(event) => void save(event)}>
      <Stack gap="md">
        {channel ? null : (
          <Select
            label={say('Provider')}
            data={adapters.map(({ type, title }) => ({ value: type, label: say(title) }))}
            value={draft.adapter}
            allowDeselect={false}
            onChange={(type) => setDraft({ ...draft, adapter: type ?? draft.adapter, config: {} })}
          />
        )}
        <TextInput
          label={say('Name')}
          value={draft.name}
          error={own('/name')}
          onChange={(event) => change('/name', event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={200}
        />
        {channel ? null : (
          <TextInput
            label={say('Id')}
            description={say('Lower-case letters, digits and hyphens. It is part of the webhook address and cannot be changed.')}
            value={draft.id}
            error={own('/id')}
            onChange={(event) => change('/id', event.currentTarget.value)}
            required
            withAsterisk={false}
            pattern="[a-z0-9][a-z0-9\-]{0,63}"
          />
        )}
        {adapter ? (
          <Form field={adapter.form} value={draft.config} pointer="/config" onChange={change} problems={problems} context={NO_CONTEXT} />
        ) : null}
        {error ? <Failed error={error} /> : null}
        <Group>
          <Button type="submit" color="ink">
            {channel ? say('Save') : say('Connect')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function draftOf(channel: ChannelRow | undefined, adapters: readonly AdapterDescriptor[]): Draft {
  if (channel) return { id: channel.id, adapter: channel.adapter, name: channel.name, config: channel.config ?? {} };
  return { id: '', adapter: adapters[0]?.type ?? '', name: '', config: {} };
}

/** Takes the channel away, after a question. */
function Delete({ channel }: { readonly channel: ChannelRow }) {
  const say = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const remove = async () => {
    try {
      await call('DELETE', `/channels/${channel.id}`);
      await queries.invalidateQueries();
      await navigate({ to: '/channels' });
    } catch (error) {
      void notify({ color: 'red', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <Button variant="default" leftSection={<Icon name="trash" size={16} />} onClick={() => setAsked(true)}>
        {say('Delete…')}
      </Button>
      <Sure
        isOpen={isAsked}
        title={say('Delete “{name}”?', { name: channel.name })}
        sentence={say('Messages to it are no longer answered. It cannot be deleted while a flow is online on it.')}
        action={say('Delete')}
        onClose={() => setAsked(false)}
        onSure={remove}
      />
    </>
  );
}
