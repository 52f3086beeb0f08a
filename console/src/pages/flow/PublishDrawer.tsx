import { Alert, Button, Drawer, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FlowDefinition, NodeId } from '../../../../src/contract/flow.js';
import type { NodeDescriptors } from '../../api/descriptors.js';
import type { FlowRow } from '../../api/flows.js';
import { type Blocker, type Position, previewPublish, publish, readVersion, type SessionsChoice } from '../../api/publishing.js';
import { ChannelChoice, likelyChannels, useChannels } from '../../editor/ChannelChoice.js';
import { Failed } from '../../look/Failed.js';
import { GreyLines } from '../../look/GreyLines.js';
import { Icon } from '../../look/Icon.js';
import { type Say, useSay } from '../../look/Languages.js';
import { notify } from '../../look/notify.js';
import { problemSentence } from '../../look/problem-sentence.js';
import { ChangeList } from './ChangeList.js';
import './publish.css';

/** What the drawer needs of the editor around it. */
interface PublishDrawerProps {
  readonly isOpen: boolean;
  readonly flow: FlowRow;
  /** What is drawn. */
  readonly definition: FlowDefinition;
  readonly nodeTypes: NodeDescriptors;
  /** Saves what is drawn, and returns the revision under which the host has it. */
  readonly save: () => Promise<number>;
  readonly onClose: () => void;
  /** Shows a node on the canvas. */
  readonly onShow: (node: NodeId) => void;
  /** Shows the form of the flow itself, where its triggers are. */
  readonly onShowFlow: () => void;
}

/** Everything about a publish: what stops it, what changes, who is in the middle, and what becomes of them. */
export function PublishDrawer(props: PublishDrawerProps) {
  const say = useSay();
  const { isOpen, flow, onClose } = props;
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={520}
      title={<strong>{say('Publish “{name}”', { name: flow.name })}</strong>}
      closeButtonProps={{ 'aria-label': say('Close') }}
    >
      {isOpen ? <Publish {...props} /> : null}
    </Drawer>
  );
}

function Publish({ flow, definition, nodeTypes, save, onClose, onShow, onShowFlow }: PublishDrawerProps) {
  const say = useSay();
  const queries = useQueryClient();
  const known = useChannels().data?.items;
  const isOnline = flow.state === 'ONLINE';
  const [chosen, setChosen] = useState<readonly string[]>();
  const [sessions, setSessions] = useState<SessionsChoice>('keep');
  const [remark, setRemark] = useState('');
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  // A flow that has never talked is bound to what it most likely means, so that the first publish needs no look into the settings.
  const channels = chosen ?? (flow.channels.length > 0 || !known ? flow.channels : likelyChannels(definition, known));
  const bound = !isOnline && channels.join() !== flow.channels.join() ? { channels } : {};
  const saved = useQuery({ queryKey: ['publish', 'saved', flow.code], queryFn: save, gcTime: 0, staleTime: 0, retry: false });
  const revision = saved.data;
  const preview = useQuery({
    queryKey: ['publish', flow.code, revision, sessions, channels],
    queryFn: ({ signal }) => previewPublish({ code: flow.code, revision: revision ?? 0, sessions, ...bound }, signal),
    enabled: revision !== undefined && known !== undefined,
    gcTime: 0,
    retry: false,
    placeholderData: (previous) => previous,
  });
  const online = useQuery({
    queryKey: ['version', flow.code, flow.version],
    queryFn: ({ signal }) => readVersion(flow.code, flow.version ?? 0, signal),
    enabled: flow.version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const act = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { version } = await publish({ code: flow.code, revision: revision ?? 0, sessions, remark: remark.trim(), ...bound });
      await queries.invalidateQueries();
      void notify({ color: 'green', message: say('Version {version} is online', { version }) });
      onClose();
    } catch (failure) {
      setError(failure as Error);
      await preview.refetch();
    } finally {
      setBusy(false);
    }
  };
  const failed = saved.error ?? preview.error;
  const { blockers = [], sessions: standing } = preview.data ?? {};
  const positions = standing?.positions ?? [];
  return (
    <Stack gap="lg" className="publish">
      {failed ? <Failed error={failed} again={() => void (saved.error ? saved.refetch() : preview.refetch())} /> : null}
      {!preview.data && !failed ? <GreyLines /> : null}
      <Blockers blockers={blockers} definition={definition} nodeTypes={nodeTypes} onShow={onShow} onShowFlow={onShowFlow} />
      <section aria-labelledby="publish-channels">
        <h3 id="publish-channels">{say('Channels')}</h3>
        <ChannelChoice flow={definition} chosen={channels} isFixed={isOnline} onChange={setChosen} />
      </section>
      {flow.version === undefined ? null : online.data ? (
        <ChangeList was={online.data} is={definition} nodeTypes={nodeTypes} onShow={onShow} />
      ) : (
        <GreyLines count={2} />
      )}
      <InTheMiddle positions={positions} definition={definition} nodeTypes={nodeTypes} sessions={sessions} onChange={setSessions} />
      <Textarea
        label={say('What is new')}
        placeholder={say('For the history')}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2000}
        dir="auto"
      />
      {error && blockers.length === 0 ? <Failed error={error} /> : null}
      <Button
        color="ink"
        size="md"
        loading={isBusy}
        disabled={!preview.data || blockers.length > 0}
        onClick={() => void act()}
        leftSection={<Icon name="rocket" />}
      >
        {preview.data ? say('Publish as version {version}', { version: preview.data.version }) : say('Publish')}
      </Button>
    </Stack>
  );
}

/** All that stops a publish, each with the nodes where it can be mended. */
function Blockers({
  blockers,
  definition,
  nodeTypes,
  onShow,
  onShowFlow,
}: {
  readonly blockers: readonly Blocker[];
  readonly definition: FlowDefinition;
  readonly nodeTypes: NodeDescriptors;
  readonly onShow: (node: NodeId) => void;
  readonly onShowFlow: () => void;
}) {
  const say = useSay();
  if (blockers.length === 0) return null;
  const titles = titlesOf(definition, nodeTypes, say);
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert-triangle" />} title={say('Fix this first')} role="alert">
      <ul className="publish-blockers">
        {blockers.map(({ code, detail, errors = [] }) =>
          errors.length === 0 ? (
            <li key={`${code} ${detail}`}>
              {detail}{' '}
              {code === 'flow/tie' ? (
                <button type="button" className="publish-link" onClick={onShowFlow}>
                  {say('Change what starts this flow')}
                </button>
              ) : null}
            </li>
          ) : (
            errors.map(({ pointer, node, message, hint }) => (
              <li key={`${code} ${pointer} ${message}`}>
                {node === undefined ? null : (
                  <button type="button" className="publish-link" onClick={() => onShow(node)}>
                    {titles.get(node) ?? node}
                  </button>
                )}{' '}
                {problemSentence(message, node === undefined ? undefined : { id: node, title: titles.get(node) ?? node })}{' '}
                <span className="table-small">{hint}</span>
              </li>
            ))
          ),
        )}
      </ul>
    </Alert>
  );
}

/** Who is in earlier versions, by node, and the question what becomes of them. */
function InTheMiddle({
  positions,
  definition,
  nodeTypes,
  sessions,
  onChange,
}: {
  readonly positions: readonly Position[];
  readonly definition: FlowDefinition;
  readonly nodeTypes: NodeDescriptors;
  readonly sessions: SessionsChoice;
  readonly onChange: (sessions: SessionsChoice) => void;
}) {
  const say = useSay();
  const count = positions.reduce((sum, { waiting }) => sum + waiting, 0);
  if (count === 0) return null;
  const titles = titlesOf(definition, nodeTypes, say);
  return (
    <section aria-labelledby="publish-people">
      <h3 id="publish-people">{say('{count, plural, one {# person is in the middle} other {# people are in the middle}}', { count })}</h3>
      <ul className="publish-positions">
        {positions.map(({ version, node, waiting }) => (
          <li key={`${version} ${node}`}>
            <strong>{waiting}</strong> {say('at “{node}” of version {version}', { node: titles.get(node) ?? node, version })}
          </li>
        ))}
      </ul>
      <SegmentedControl
        fullWidth
        aria-label={say('What happens to them')}
        value={sessions}
        onChange={(value) => onChange(value as SessionsChoice)}
        data={[
          { value: 'keep', label: say('Finish on their version') },
          { value: 'migrate', label: say('Take along') },
          { value: 'end', label: say('End') },
        ]}
      />
      <p className="table-small">
        {
          {
            keep: say('They continue on the version they started with. Everyone who starts from now on gets the new version.'),
            migrate: say(
              'They move to the new version with their next message, or when their wait ends. Every node where somebody waits must still exist.',
            ),
            end: say('Their conversations end now.'),
          }[sessions]
        }
      </p>
    </section>
  );
}

/** Returns what the cards of the nodes are called: their names, else the titles of their types. */
function titlesOf({ nodes }: FlowDefinition, nodeTypes: NodeDescriptors, say: Say): ReadonlyMap<NodeId, string> {
  return new Map(nodes.map(({ id, name, type }) => [id, name ?? say(nodeTypes.get(type)?.title ?? type)]));
}
