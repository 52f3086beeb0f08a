import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FlowDefinition, NodeId } from '../../../../src/contract/flow.js';
import { call, read } from '../../api/client.js';
import type { NodeDescriptors } from '../../api/descriptors.js';
import type { FlowRow } from '../../api/flows.js';
import { readVersion } from '../../api/publishing.js';
import { Empty } from '../../look/Empty.js';
import { Failed } from '../../look/Failed.js';
import { GreyLines } from '../../look/GreyLines.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { notify } from '../../look/notify.js';
import { Sure } from '../../look/Sure.js';
import { When } from '../../look/When.js';
import { ChangeList } from './ChangeList.js';
import './history.css';

interface VersionRow {
  readonly version: number;
  readonly state: 'ONLINE' | 'OFFLINE' | 'DELETED';
  readonly remark: string;
  readonly publishedAt: string;
  readonly by: string;
}
interface DraftRow {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly nodes: number;
}

/** What the history needs of the editor around it. */
interface HistoryProps {
  readonly flow: FlowRow;
  /** What is drawn. */
  readonly definition: FlowDefinition;
  readonly nodeTypes: NodeDescriptors;
  readonly isReadOnly: boolean;
  /** Draws an earlier definition in place of this one: a step that can be undone. */
  readonly onRestore: (label: string, definition: FlowDefinition) => void;
  readonly onShow: (node: NodeId) => void;
}

/** What a flow was: its versions, and the past of its draft. Each can be compared with what is drawn now, and brought back. */
export function History(props: HistoryProps) {
  const say = useSay();
  const { flow, isReadOnly, onRestore } = props;
  const versions = useQuery({
    queryKey: ['versions', flow.code],
    queryFn: ({ signal }) => read<{ items: VersionRow[] }>(`/flows/${flow.code}/versions?sort=-version&limit=200`, signal),
  });
  const drafts = useQuery({
    queryKey: ['drafts', flow.code],
    queryFn: ({ signal }) => read<{ items: DraftRow[] }>(`/flows/${flow.code}/draft/history`, signal),
    staleTime: 0,
  });
  const discard = async () => {
    if (flow.version !== undefined) onRestore(say('Discard the draft'), await readVersion(flow.code, flow.version));
  };
  return (
    <div className="history">
      <section aria-labelledby="history-versions">
        <h2 id="history-versions">{say('Versions')}</h2>
        {versions.error ? <Failed error={versions.error} again={() => void versions.refetch()} /> : null}
        <div className="sheet">
          {versions.data ? null : <GreyLines />}
          {versions.data?.items.length === 0 ? (
            <Empty
              icon="versions"
              title={say('Not published yet')}
              sentence={say(
                'Each time you publish, a version is created that never changes. It is listed here, and you can put it online again.',
              )}
            />
          ) : null}
          {versions.data?.items.map((version) => (
            <Version key={version.version} version={version} {...props} />
          ))}
        </div>
      </section>
      <section aria-labelledby="history-drafts">
        <Group justify="space-between" className="history-head">
          <h2 id="history-drafts">{say('The draft, as it was')}</h2>
          {flow.version === undefined || isReadOnly ? null : (
            <Button variant="default" size="xs" onClick={() => void discard()} disabled={!flow.draft.changed}>
              {say('Back to the online version')}
            </Button>
          )}
        </Group>
        {drafts.error ? <Failed error={drafts.error} again={() => void drafts.refetch()} /> : null}
        <div className="sheet">
          {drafts.data ? null : <GreyLines />}
          {drafts.data?.items.map((draft) => (
            <Draft key={draft.revision} draft={draft} {...props} />
          ))}
        </div>
      </section>
    </div>
  );
}

/** A version: who published it and why, what is different now, and the way back to it. */
function Version({ version: { version, state, remark, publishedAt, by }, ...props }: HistoryProps & { readonly version: VersionRow }) {
  const say = useSay();
  const queries = useQueryClient();
  const { flow, isReadOnly, onRestore } = props;
  const [isAsked, setAsked] = useState(false);
  const isOnline = state === 'ONLINE';
  const rollBack = async () => {
    try {
      await call('POST', `/flows/${flow.code}/rollback`, { body: { version } });
      await queries.invalidateQueries();
      void notify({ color: 'green', message: say('Version {version} is online', { version }) });
    } catch (error) {
      void notify({ color: 'red', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const readThis = (signal?: AbortSignal) => readVersion(flow.code, version, signal);
  return (
    <Entry
      {...props}
      title={say('Version {version}', { version })}
      mark={
        isOnline ? (
          <span className="pill" data-kind="online">
            {say('Online')}
          </span>
        ) : null
      }
      words={remark}
      at={publishedAt}
      by={by}
      queryKey={['version', flow.code, version]}
      readThis={readThis}
    >
      {isReadOnly ? null : (
        <>
          <Button
            variant="default"
            size="xs"
            onClick={() => void readThis().then((past) => onRestore(say('Draw version {version} again', { version }), past))}
          >
            {say('Edit again')}
          </Button>
          {isOnline || state === 'DELETED' ? null : (
            <Button variant="default" size="xs" leftSection={<Icon name="history" size={14} />} onClick={() => setAsked(true)}>
              {say('Roll back…')}
            </Button>
          )}
          <Sure
            isOpen={isAsked}
            title={say('Put version {version} online again?', { version })}
            sentence={say(
              'From now on, people start with this version. People already in a conversation finish on theirs. The draft stays as it is.',
            )}
            action={say('Roll back')}
            onClose={() => setAsked(false)}
            onSure={rollBack}
          />
        </>
      )}
    </Entry>
  );
}

/** An earlier draft. */
function Draft({ draft: { revision, at, by, nodes }, ...props }: HistoryProps & { readonly draft: DraftRow }) {
  const say = useSay();
  const { flow, isReadOnly, onRestore } = props;
  const isNow = revision === flow.draft.revision;
  const readThis = (signal?: AbortSignal) => read<FlowDefinition>(`/flows/${flow.code}/draft/history/${revision}`, signal);
  return (
    <Entry
      {...props}
      title={say('{count, plural, one {# node} other {# nodes}}', { count: nodes })}
      mark={isNow ? <span className="pill">{say('Now')}</span> : null}
      words=""
      at={at}
      by={by}
      queryKey={['draft', flow.code, revision]}
      readThis={readThis}
    >
      {isReadOnly || isNow ? null : (
        <Button
          variant="default"
          size="xs"
          onClick={() => void readThis().then((past) => onRestore(say('Restore an earlier draft'), past))}
        >
          {say('Restore')}
        </Button>
      )}
    </Entry>
  );
}

interface EntryProps extends HistoryProps {
  readonly title: string;
  readonly mark: ReactNode;
  readonly words: string;
  readonly at: string;
  readonly by: string;
  readonly queryKey: readonly unknown[];
  readonly readThis: (signal?: AbortSignal) => Promise<FlowDefinition>;
  readonly children: ReactNode;
}

/** One line of the history, which opens to what has changed since. */
function Entry({ title, mark, words, at, by, queryKey, readThis, children, definition, nodeTypes, onShow }: EntryProps) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const past = useQuery({ queryKey, queryFn: ({ signal }) => readThis(signal), enabled: isOpen, staleTime: Number.POSITIVE_INFINITY });
  return (
    <article className="history-entry">
      <div className="history-line">
        <button type="button" className="history-open" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={16} />
          <strong>{title}</strong> {mark}
        </button>
        <span className="table-small">
          <When at={at} /> {by}
        </span>
        <Group gap="xs">{children}</Group>
      </div>
      {words ? <p className="history-words">{words}</p> : null}
      {isOpen && past.error ? <Failed error={past.error} again={() => void past.refetch()} /> : null}
      {isOpen && past.data ? (
        <div className="history-changes">
          <ChangeList was={past.data} is={definition} nodeTypes={nodeTypes} onShow={onShow} title={say('What changes')} />
        </div>
      ) : null}
    </article>
  );
}
