import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../api/client.js';
import type { FlowRow } from '../api/flows.js';
import { Glyph } from '../canvas/Glyph.js';
import { searchFlow } from '../flow/search.js';
import { Icon } from '../look/Icon.js';
import { type Choosable, Chooser } from './Chooser.js';
import { useEditor, useView } from './editor-context.js';
import { KEYS, type KeyAction } from './keys.js';
import { runAction } from './run-action.js';
import { goTo } from './walk.js';

/** `Ctrl K`: goes to a node of this flow or to another flow, or does what a key does. */
export function Everywhere() {
  const isOpen = useView(({ dialog }) => dialog === 'everywhere');
  return isOpen ? <OpenEverywhere /> : null;
}

function OpenEverywhere() {
  const editor = useEditor();
  const { view, store, nodeTypes, say, isReadOnly } = editor;
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const flows = useQuery({
    queryKey: ['flows', 'by text', search],
    queryFn: ({ signal }) =>
      read<{ items: FlowRow[] }>(`/flows?${new URLSearchParams({ limit: '8', ...(search === '' ? {} : { text: search }) })}`, signal),
    placeholderData: (before) => before,
  });
  const close = () => view.setState({ dialog: undefined });
  const closing = (act: () => void) => () => {
    close();
    act();
  };
  const found = (words: string): readonly Choosable[] => {
    const { flow } = store.getState();
    const has = (text: string) => text.toLowerCase().includes(words.toLowerCase());
    const hits = words === '' ? [] : searchFlow(words, { flow, descriptors: nodeTypes, say }).slice(0, 8);
    const nodes = hits.map(({ node: id, text }): Choosable => {
      const node = flow.nodes.find((one) => one.id === id);
      const type = nodeTypes.get(node?.type ?? '');
      return {
        key: `node ${id}`,
        title: node?.name ?? say(type?.title ?? id),
        detail: text,
        glyph: <Glyph icon={type?.icon ?? 'puzzle'} group={type?.group} />,
        choose: closing(() => goTo(editor, id)),
      };
    });
    const others = (flows.data?.items ?? []).filter(({ code, name }) => code !== flow.code && (has(name) || has(code)));
    const publish: Choosable = {
      key: 'do publish',
      title: say('Publish'),
      glyph: <Icon name="rocket" />,
      choose: () => view.setState({ dialog: 'publish' }),
    };
    return [
      ...nodes,
      ...(!isReadOnly && has(publish.title) ? [publish] : []),
      ...others.map(
        ({ code, name }): Choosable => ({
          key: `flow ${code}`,
          title: name,
          detail: say('Flow'),
          glyph: <Icon name="route" />,
          choose: closing(() => void navigate({ to: '/flows/$code', params: { code } })),
        }),
      ),
      ...COMMANDS.map(({ action, sentence }) => ({ action, title: say(sentence) }))
        .filter(({ title }) => has(title))
        .map(
          ({ action, title }): Choosable => ({
            key: `do ${action}`,
            title,
            glyph: <Icon name="bolt" />,
            choose: closing(() => runAction(editor, action)),
          }),
        ),
    ];
  };
  return (
    <Chooser
      title={say('Go to, or do')}
      placeholder={say('Flows, nodes and what can be done')}
      found={found}
      onWords={setSearch}
      onClose={close}
    />
  );
}

/** What can be done by its name. Moving and walking is for keys. */
const NAMED: readonly KeyAction[] = [
  'undo',
  'redo',
  'save',
  'selectAll',
  'duplicate',
  'delete',
  'next',
  'connect',
  'tidy',
  'showAll',
  'actualSize',
  'map',
  'find',
  'keys',
];
const COMMANDS = KEYS.flatMap(({ lines }) => lines.filter(({ action }) => NAMED.includes(action)));
