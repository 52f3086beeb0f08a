import { ActionIcon, Button, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, read } from '../../api/client.js';
import { useWho } from '../../api/who.js';
import { CopyField } from '../../look/CopyField.js';
import { Empty } from '../../look/Empty.js';
import { Failed } from '../../look/Failed.js';
import { GreyLines } from '../../look/GreyLines.js';
import { Icon } from '../../look/Icon.js';
import { type Say, useSay } from '../../look/Languages.js';
import { Sure } from '../../look/Sure.js';
import { When } from '../../look/When.js';
import '../../look/table.css';
import './keys.css';

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly flows?: readonly string[];
  readonly createdAt: string;
  readonly lastUsedAt?: string;
}
const ROLES = ['admin', 'editor', 'viewer', 'trigger'] as const;
type Role = (typeof ROLES)[number];

/** What a key of each role may do, as the list and the form say it. */
function sentenceOf(role: Role, say: Say): string {
  return {
    admin: say('Can do everything, including keys, channels and forgetting people'),
    editor: say('Draws and publishes flows, ends and moves conversations'),
    viewer: say('Reads everything, changes nothing'),
    trigger: say('Starts flows by calls, and nothing else'),
  }[role];
}

/** The keys of the API: who they are for, what they may do, and when they were last used. */
export function KeysPage() {
  const say = useSay();
  const who = useWho();
  const isAdmin = who?.role === 'admin';
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => read<{ items: KeyRow[] }>('/keys?limit=200', signal),
    enabled: isAdmin,
  });
  return (
    <>
      <header className="page-head">
        <h1>{say('Keys')}</h1>
      </header>
      {who && !isAdmin ? (
        <div className="sheet">
          <Empty
            icon="key"
            title={say('Keys are for admins')}
            sentence={say('You are signed in as {role}. Ask an admin for a key.', { role: who.role })}
          />
        </div>
      ) : null}
      {isAdmin ? <NewKey /> : null}
      {keys.error ? <Failed error={keys.error} again={() => void keys.refetch()} /> : null}
      {isAdmin ? <div className="sheet">{keys.data ? <KeyTable rows={keys.data.items} /> : <GreyLines />}</div> : null}
    </>
  );
}

function KeyTable({ rows }: { readonly rows: readonly KeyRow[] }) {
  const say = useSay();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<KeyRow>();
  const revoke = async () => {
    await call('DELETE', `/keys/${asked?.id}`);
    await queries.invalidateQueries({ queryKey: ['keys'] });
  };
  if (rows.length === 0)
    return (
      <Empty
        icon="key"
        title={say('No keys yet')}
        sentence={say(
          'The key that the host printed at its first start always works. Create one for each person and each program, so that you can revoke them one by one.',
        )}
      />
    );
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('Name')}</th>
            <th scope="col">{say('Role')}</th>
            <th scope="col">{say('Created')}</th>
            <th scope="col">{say('Last used')}</th>
            <th scope="col">
              <span className="unseen">{say('Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((key) => (
            <tr key={key.id}>
              <td>
                <strong>{key.name}</strong>
              </td>
              <td>
                <span className="pill">{key.role}</span> {key.flows ? key.flows.join(', ') : null}
                <div className="table-small">{sentenceOf(key.role, say)}</div>
              </td>
              <td>
                <When at={key.createdAt} />
              </td>
              <td>
                <When at={key.lastUsedAt} />
              </td>
              <td>
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={say('Revoke {name}', { name: key.name })}
                  onClick={() => setAsked(key)}
                >
                  <Icon name="trash" />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Sure
        isOpen={asked !== undefined}
        title={say('Revoke “{name}”?', { name: asked?.name ?? '' })}
        sentence={say('Everything that uses this key is refused from now on, and its browsers are signed out.')}
        action={say('Revoke')}
        onClose={() => setAsked(undefined)}
        onSure={revoke}
      />
    </>
  );
}

/** Makes a key, and shows its secret this once. */
function NewKey() {
  const say = useSay();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [flows, setFlows] = useState<string[]>([]);
  const [secret, setSecret] = useState<{ name: string; key: string }>();
  const [error, setError] = useState<Error>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    try {
      const bound = role === 'trigger' && flows.length > 0 ? { flows } : {};
      const { body } = await call<{ key: string }>('POST', '/keys', { body: { name: name.trim(), role, ...bound } });
      setSecret({ name: name.trim(), key: body.key });
      setName('');
      setFlows([]);
      await queries.invalidateQueries({ queryKey: ['keys'] });
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return (
    <section className="new-key" aria-label={say('New key')}>
      <form onSubmit={(event) => void submit(event)} className="new-key-form">
        <TextInput
          label={say('For whom')}
          placeholder={say('A person or a program')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
        />
        <Select label={say('Role')} data={[...ROLES]} value={role} allowDeselect={false} onChange={(next) => setRole(next as Role)} />
        {role === 'trigger' ? (
          <TagsInput
            label={say('Flows it may start')}
            placeholder={flows.length === 0 ? say('All') : ''}
            value={flows}
            onChange={setFlows}
          />
        ) : null}
        <Button type="submit" color="ink" disabled={name.trim() === ''}>
          {say('Create a key')}
        </Button>
      </form>
      <p className="table-small">{sentenceOf(role, say)}.</p>
      {error ? <Failed error={error} /> : null}
      {secret ? (
        <div className="new-key-secret" role="status">
          <p>{say('The key for “{name}”. It is shown this once: keep it now.', { name: secret.name })}</p>
          <CopyField label={say('Key')} value={secret.key} />
        </div>
      ) : null}
    </section>
  );
}
