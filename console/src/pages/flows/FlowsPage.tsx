import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/client.js';
import type { FlowRow } from '../../api/flows.js';
import { mayEdit, useWho } from '../../api/who.js';
import { closedProps } from '../../look/closed-props.js';
import { Empty } from '../../look/Empty.js';
import { Failed } from '../../look/Failed.js';
import { GreyLines } from '../../look/GreyLines.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { StatePill } from '../../look/StatePill.js';
import { When } from '../../look/When.js';
import { FileDrop } from '../new/FileDrop.js';
import { useImport } from '../new/use-import.js';
import { FlowMenu } from './FlowMenu.js';
import { StartsBy } from './StartsBy.js';
import '../../look/table.css';
import './flows.css';

/** What is searched for and shown of the list of flows: what stands after `?` in its address. */
export interface FlowsSearch {
  readonly text?: string;
  readonly state?: 'ONLINE' | 'OFFLINE';
  readonly sort?: string;
}

/** All flows: what starts them, whether they are online, and how many people are in them now. A file that is dropped here is imported. */
export function FlowsPage() {
  const say = useSay();
  const who = useWho();
  const search: FlowsSearch = useSearch({ strict: false });
  const flows = useInfiniteQuery({
    queryKey: ['flows', search],
    queryFn: ({ pageParam, signal }) => read<{ items: FlowRow[]; next?: string }>(`/flows?${queryOf(search, pageParam)}`, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const importing = useImport();
  const closed = mayEdit(who) ? {} : closedProps(say('Your key can only view.'));
  const rows = flows.data?.pages.flatMap(({ items }) => items);
  const isFiltered = search.text !== undefined || search.state !== undefined;
  return (
    <FileDrop onFile={importing.take} isOff={!mayEdit(who)}>
      <header className="page-head">
        <h1>{say('Flows')}</h1>
        <Filters search={search} />
        <Button variant="default" leftSection={<Icon name="file-import" />} onClick={importing.choose} {...closed}>
          {say('Import')}
        </Button>
        <Button color="ink" leftSection={<Icon name="plus" />} component={Link} to="/new" {...closed}>
          {say('New flow')}
        </Button>
      </header>
      {importing.shown}
      {flows.error ? <Failed error={flows.error} again={() => void flows.refetch()} /> : null}
      <div className="sheet">
        {rows === undefined && !flows.error ? <GreyLines /> : null}
        {rows?.length === 0 ? (
          isFiltered ? (
            <Empty icon="search" title={say('No flow fits')} sentence={say('No name, code or remark matches these words.')} />
          ) : (
            <Empty
              icon="route"
              title={say('No flows yet')}
              sentence={say('A flow is a conversation that you draw: what is said, what is asked, and where each answer leads.')}
            >
              {mayEdit(who) ? (
                <Button color="ink" component={Link} to="/new">
                  {say('Draw the first flow')}
                </Button>
              ) : null}
            </Empty>
          )
        ) : null}
        {rows !== undefined && rows.length > 0 ? <FlowTable rows={rows} /> : null}
      </div>
      {flows.hasNextPage ? (
        <Button variant="default" mt="md" loading={flows.isFetchingNextPage} onClick={() => void flows.fetchNextPage()}>
          {say('Show more')}
        </Button>
      ) : null}
    </FileDrop>
  );
}

function queryOf({ text, state, sort = '-updatedAt' }: FlowsSearch, cursor: string): string {
  const given = { text, state, sort, cursor, limit: '50' };
  return new URLSearchParams(
    Object.entries(given).filter((one): one is [string, string] => one[1] !== undefined && one[1] !== ''),
  ).toString();
}

/** Search, state and order. They stand in the address, so that a link shows the same list. */
function Filters({ search }: { readonly search: FlowsSearch }) {
  const say = useSay();
  const navigate = useNavigate();
  const [text, setText] = useState(search.text ?? '');
  const go = (change: Partial<FlowsSearch>) => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '/', search: Object.fromEntries(next), replace: true });
  };
  const later = useDebouncedCallback((value: string) => go({ text: value }), 250);
  const orders = [
    { value: '-updatedAt', label: say('Last edited') },
    { value: 'name', label: say('By name') },
  ];
  const states = [
    { value: 'ONLINE', label: say('Online') },
    { value: 'OFFLINE', label: say('Offline') },
  ];
  return (
    <search className="flows-filters">
      <TextInput
        aria-label={say('Search flows')}
        placeholder={say('Search')}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          later(event.currentTarget.value);
        }}
      />
      <Select
        aria-label={say('State')}
        placeholder={say('All states')}
        data={states}
        value={search.state ?? null}
        clearable
        w={130}
        onChange={(state) => go({ state: state as FlowsSearch['state'] })}
      />
      <Select
        aria-label={say('Order')}
        data={orders}
        value={search.sort ?? '-updatedAt'}
        allowDeselect={false}
        w={155}
        onChange={(sort) => go({ sort: sort ?? undefined })}
      />
    </search>
  );
}

function FlowTable({ rows }: { readonly rows: readonly FlowRow[] }) {
  const say = useSay();
  return (
    <div className="flows-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('Flow')}</th>
            <th scope="col">{say('State')}</th>
            <th scope="col">{say('Started by')}</th>
            <th scope="col">{say('Channels')}</th>
            <th scope="col" className="table-number">
              {say('In it now')}
            </th>
            <th scope="col">{say('Edited')}</th>
            <th scope="col">
              <span className="unseen">{say('Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((flow) => (
            <tr key={flow.code}>
              <td>
                <Link to="/flows/$code" params={{ code: flow.code }} className="table-name">
                  {flow.name}
                </Link>
                <div className="table-small">{flow.remark || flow.code}</div>
              </td>
              <td>
                <StatePill state={flow.state} version={flow.version} isChanged={flow.draft.changed} />
              </td>
              <td>
                <StartsBy triggers={flow.triggers} />
              </td>
              <td>{flow.channels.join(', ') || '–'}</td>
              <td className="table-number">{flow.waiting}</td>
              <td className="flows-when">
                <When at={flow.draft.at ?? flow.updatedAt} />
                {flow.draft.by ? <div className="table-small">{flow.draft.by}</div> : null}
              </td>
              <td>
                <FlowMenu flow={flow}>
                  <ActionIcon variant="subtle" color="ink.6" aria-label={say('More options of {name}', { name: flow.name })}>
                    <Icon name="dots" />
                  </ActionIcon>
                </FlowMenu>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
