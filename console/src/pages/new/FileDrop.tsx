import { type DragEvent, type ReactNode, useState } from 'react';
import { useSay } from '../../look/Languages.js';
import './new.css';

/** A place on which a file can be dropped, and what is in it. */
export function FileDrop({
  onFile,
  isOff = false,
  children,
}: {
  readonly onFile: (file: File) => void;
  readonly isOff?: boolean;
  readonly children: ReactNode;
}) {
  const say = useSay();
  const [isOver, setOver] = useState(false);
  const hasFile = (event: DragEvent) => !isOff && event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button beside it opens a file with the keyboard, too
    <div
      className="file-drop"
      onDragOver={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      {children}
      {isOver ? <div className="file-drop-over">{say('Drop the flow file here')}</div> : null}
    </div>
  );
}
