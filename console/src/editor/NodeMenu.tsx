import { Menu } from '@mantine/core';
import { Icon } from '../look/Icon.js';
import type { IconName } from '../look/icon-names.js';
import { pasteText } from './clipboard.js';
import { useEdited, useEditor, useView } from './editor-context.js';
import type { KeyAction } from './keys.js';
import { keysInWords } from './keys.js';
import { runAction } from './run-action.js';

/** What one can do with the node under the pointer, or with the canvas: by the right button, and by a long press. */
export function NodeMenu() {
  const { view } = useEditor();
  const at = useView(({ menu }) => menu);
  const hasNodes = useEdited(({ selection }) => selection.length > 0);
  if (!at) return null;
  const close = () => view.setState({ menu: undefined });
  return (
    <Menu opened onClose={close} position="bottom-start" width={230} returnFocus>
      <Menu.Target>
        <span className="menu-at" style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown>{hasNodes ? <ForNodes /> : <ForCanvas />}</Menu.Dropdown>
    </Menu>
  );
}

function ForNodes() {
  const { say, isReadOnly } = useEditor();
  const isOne = useEdited(({ selection }) => selection.length === 1);
  return (
    <>
      {isOne ? (
        <>
          <Item action="next" icon="plus" title={say('What happens next?')} isOff={isReadOnly} />
          <Item action="connect" icon="route-2" title={say('Connect…')} isOff={isReadOnly} />
          <Menu.Divider />
        </>
      ) : null}
      {/* The command has the browser ask for what is copied, as its keys do. */}
      <Item action="copy" icon="copy" title={say('Copy')} act={() => document.execCommand('copy')} />
      <Item action="cut" icon="minus" title={say('Cut')} isOff={isReadOnly} act={() => document.execCommand('cut')} />
      <Item action="duplicate" icon="versions" title={say('Duplicate')} isOff={isReadOnly} />
      {isOne ? null : <Item action="tidy" icon="layout-distribute-vertical" title={say('Tidy up')} isOff={isReadOnly} />}
      <Menu.Divider />
      <Item action="delete" icon="trash" title={say('Delete')} isOff={isReadOnly} />
    </>
  );
}

function ForCanvas() {
  const editor = useEditor();
  const { say, isReadOnly } = editor;
  // Without HTTPS a browser lets a page read the clipboard only by its keys.
  const paste = async () => pasteText(editor, await navigator.clipboard.readText());
  return (
    <>
      {window.isSecureContext ? (
        <Item action="paste" icon="paperclip" title={say('Paste')} isOff={isReadOnly} act={() => void paste()} />
      ) : null}
      <Item action="selectAll" icon="list-check" title={say('Select everything')} />
      <Item action="tidy" icon="layout-distribute-vertical" title={say('Tidy up')} isOff={isReadOnly} />
      <Item action="showAll" icon="maximize" title={say('Show everything')} />
      <Item action="find" icon="search" title={say('Find in this flow')} />
    </>
  );
}

interface ItemProps {
  readonly action: KeyAction;
  readonly icon: IconName;
  readonly title: string;
  readonly isOff?: boolean;
  readonly act?: () => void;
}

function Item({ action, icon, title, isOff = false, act }: ItemProps) {
  const editor = useEditor();
  const run = () => (act ? act() : runAction(editor, action));
  return (
    <Menu.Item
      disabled={isOff}
      leftSection={<Icon name={icon} size={16} />}
      rightSection={<span className="menu-keys">{keysInWords(action)}</span>}
      // The menu gives the keyboard back first: what is opened by its choice takes it after that.
      onClick={() => requestAnimationFrame(run)}
    >
      {title}
    </Menu.Item>
  );
}
