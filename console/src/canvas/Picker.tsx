import { TextInput } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { NodeDescriptor } from '../api/descriptors.js';
import { useEditor, useView } from '../editor/editor-context.js';
import type { AddRequest } from '../editor/view.js';
import { addRequested } from './add.js';
import { foundTypes } from './found-types.js';
import { Glyph } from './Glyph.js';

/** How large the picker can be, to keep it inside the window. */
const SIZE = { width: 300, height: 420 };

/** "What happens next?": chooses the type of a new node, wherever one adds one. */
export function Picker() {
  const request = useView(({ picker }) => picker);
  return request ? <OpenPicker key={`${request.screen.x} ${request.screen.y}`} request={request} /> : null;
}

function OpenPicker({ request }: { readonly request: AddRequest }) {
  const editor = useEditor();
  const { nodeTypes, view, say, stage, store } = editor;
  const [search, setSearch] = useState('');
  const [index, setIndex] = useState(0);
  const list = useId();
  const groups = useMemo(() => foundTypes(nodeTypes, search, say), [nodeTypes, search, say]);
  const types = groups.flatMap((group) => group.types);
  const close = () => {
    view.setState({ picker: undefined });
    const [node] = store.getState().selection;
    if (node !== undefined) stage.current?.focus(node);
  };
  const outside = useClickOutside<HTMLDivElement>(() => view.setState({ picker: undefined }));
  const choose = (type: NodeDescriptor | undefined) => {
    if (!type) return;
    view.setState({ picker: undefined });
    addRequested(editor, type, request);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setIndex((at) => (at + step + types.length) % Math.max(1, types.length));
    else if (event.key === 'Enter') choose(types[index]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const left = Math.max(8, Math.min(request.screen.x, window.innerWidth - SIZE.width - 8));
  const top = Math.max(8, Math.min(request.screen.y, window.innerHeight - SIZE.height - 8));
  return (
    <div ref={outside} className="picker" role="dialog" aria-label={say('What happens next?')} style={{ left, top, width: SIZE.width }}>
      <h2>{say('What happens next?')}</h2>
      <TextInput
        data-autofocus
        autoFocus
        variant="filled"
        placeholder={say('Search nodes')}
        role="combobox"
        aria-label={say('What happens next?')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={types[index] ? `${list}-${types[index].type}` : undefined}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={say('Node types')} className="picker-list">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of a listbox
          <div key={group.title} role="group" aria-label={say(group.title)}>
            <div className="palette-group" aria-hidden="true">
              {say(group.title)}
            </div>
            {group.types.map((type) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which names the option
              <div
                key={type.type}
                id={`${list}-${type.type}`}
                role="option"
                tabIndex={-1}
                aria-selected={types[index] === type}
                className="palette-item"
                ref={types[index] === type ? scrolledTo : undefined}
                onPointerMove={() => setIndex(types.indexOf(type))}
                onClick={() => choose(type)}
              >
                <Glyph icon={type.icon} group={type.group} />
                <span>
                  {say(type.title)}
                  <small>{say(type.sentence)}</small>
                </span>
              </div>
            ))}
          </div>
        ))}
        {types.length === 0 ? <p className="palette-none">{say('No node type matches these words.')}</p> : null}
      </div>
    </div>
  );
}

function scrolledTo(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
