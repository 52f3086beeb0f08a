import { Modal, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useEditor } from './editor-context.js';

/** A line to choose. */
export interface Choosable {
  readonly key: string;
  readonly title: string;
  readonly detail?: string;
  readonly glyph?: ReactNode;
  readonly choose: () => void;
}

interface ChooserProps {
  readonly title: string;
  readonly placeholder: string;
  /** What there is to choose for these words. */
  readonly found: (words: string) => readonly Choosable[];
  readonly onWords?: (words: string) => void;
  readonly onClose: () => void;
}

/** A dialog in which one finds something by words, and chooses it with the arrows and `Enter`. */
export function Chooser({ title, placeholder, found, onWords, onClose }: ChooserProps) {
  const { say } = useEditor();
  const list = useId();
  const [words, setWords] = useState('');
  const [index, setIndex] = useState(0);
  const items = found(words);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setIndex((index + step + items.length) % Math.max(1, items.length));
    else if (event.key === 'Enter') items[index]?.choose();
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={480} yOffset="12dvh" closeButtonProps={{ 'aria-label': say('Close') }}>
      <TextInput
        data-autofocus
        variant="filled"
        placeholder={placeholder}
        role="combobox"
        aria-label={placeholder}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={items[index] ? `${list}-${index}` : undefined}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setIndex(0);
          onWords?.(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={title} className="picker-list chooser-list">
        {items.map((item, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which names the option
          <div
            key={item.key}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === index}
            className="palette-item"
            ref={i === index ? scrolledTo : undefined}
            onPointerMove={() => setIndex(i)}
            onClick={item.choose}
          >
            {item.glyph}
            <span>
              {item.title}
              {item.detail ? <small>{item.detail}</small> : null}
            </span>
          </div>
        ))}
        {items.length === 0 ? <p className="palette-none">{say('Nothing matches these words.')}</p> : null}
      </div>
    </Modal>
  );
}

function scrolledTo(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
