import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../api/client.js';
import { mayEdit, useWho } from '../../api/who.js';
import { Failed } from '../../look/Failed.js';
import { useSay } from '../../look/Languages.js';

/** What is searched for and shown of the list of flows: what stands after `?` in its address. */
export interface FlowsSearch {
  readonly text?: string;
  readonly state?: 'ONLINE' | 'OFFLINE';
  readonly sort?: string;
}

interface FlowRow {
  readonly code: string;
  readonly name: string;
  readonly state: 'ONLINE' | 'OFFLINE';
  readonly version?: number;
}

/** All flows. */
export function FlowsPage() {
  const say = useSay();
  const who = useWho();
  const flows = useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => read<{ items: FlowRow[] }>('/flows', signal) });
  return (
    <>
      <header className="page-head">
        <h1>{say('Flows')}</h1>
        {mayEdit(who) ? (
          <Button color="ink.9" component={Link} to="/new">
            {say('New flow')}
          </Button>
        ) : null}
      </header>
      {flows.error ? <Failed error={flows.error} again={() => void flows.refetch()} /> : null}
      <div className="sheet">
        <Table>
          <Table.Tbody>
            {flows.data?.items.map(({ code, name, state }) => (
              <Table.Tr key={code}>
                <Table.Td>
                  <Link to="/flows/$code" params={{ code }}>
                    {name}
                  </Link>
                </Table.Td>
                <Table.Td>{state}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
