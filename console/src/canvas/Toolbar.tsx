import { ActionIcon, Tooltip } from '@mantine/core';
import { useEdited, useEditor, useView } from '../editor/editor-context.js';
import type { KeyAction } from '../editor/keys.js';
import { keysInWords } from '../editor/keys.js';
import { runAction } from '../editor/run-action.js';
import { Icon } from '../look/Icon.js';
import type { IconName } from '../look/icon-names.js';

/** The buttons at the lower left of the canvas. */
export function Toolbar() {
  const { say, isReadOnly } = useEditor();
  const undo = useEdited(({ past }) => past.at(-1)?.label);
  const redo = useEdited(({ future }) => future.at(-1)?.label);
  const isMapShown = useView((view) => view.isMapShown);
  return (
    <div className="toolbar" role="toolbar" aria-label={say('Canvas')}>
      {isReadOnly ? null : (
        <>
          <Tool
            action="undo"
            icon="arrow-back-up"
            isDisabled={undo === undefined}
            title={undo === undefined ? say('Undo') : say('Undo: {step}', { step: undo })}
          />
          <Tool
            action="redo"
            icon="arrow-forward-up"
            isDisabled={redo === undefined}
            title={redo === undefined ? say('Redo') : say('Redo: {step}', { step: redo })}
          />
          <Tool action="note" icon="note" title={say('Add a note')} />
          <Tool action="tidy" icon="layout-distribute-vertical" title={say('Tidy up')} />
        </>
      )}
      <Tool action="showAll" icon="maximize" title={say('Show everything')} />
      <Tool action="find" icon="search" title={say('Find in this flow')} />
      <Tool action="map" icon="map" title={isMapShown ? say('Hide the map') : say('Show the map')} />
      <span className="toolbar-narrow">
        <Tool action="form" icon="settings" title={say('Settings')} />
      </span>
      <Tool action="keys" icon="keyboard" title={say('Keyboard shortcuts')} />
    </div>
  );
}

interface ToolProps {
  readonly action: KeyAction;
  readonly icon: IconName;
  readonly title: string;
  readonly isDisabled?: boolean;
}

function Tool({ action, icon, title, isDisabled = false }: ToolProps) {
  const editor = useEditor();
  return (
    <Tooltip label={`${title} · ${keysInWords(action)}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={title}
        aria-disabled={isDisabled}
        data-disabled={isDisabled || undefined}
        onClick={() => (isDisabled ? undefined : runAction(editor, action))}
      >
        <Icon name={icon} size={19} />
      </ActionIcon>
    </Tooltip>
  );
}
