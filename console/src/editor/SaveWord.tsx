import { useEdited, useEditor } from './editor-context.js';

/** How far the host has what is drawn: words, no more. */
export function SaveWord() {
  const { say, isReadOnly } = useEditor();
  const state = useEdited(({ saveState }) => saveState);
  if (isReadOnly) return <span className="save-word">{say('You can view this, but not change it')}</span>;
  switch (state.is) {
    case 'saved':
      return <span className="save-word">{say('Saved')}</span>;
    case 'edited':
      return <span className="save-word">{say('Edited')}</span>;
    case 'saving':
      return <span className="save-word">{say('Saving…')}</span>;
    case 'failed':
      return (
        <span className="save-word" data-failed title={state.detail} role="alert">
          {say('Not saved, trying again')}
        </span>
      );
    case 'refused':
      return (
        <span className="save-word" data-failed role="alert">
          {say('Not saved: {reason}', { reason: state.detail })}
        </span>
      );
    case 'signed-out':
    case 'clash':
      return (
        <span className="save-word" data-failed>
          {say('Not saved')}
        </span>
      );
  }
}
