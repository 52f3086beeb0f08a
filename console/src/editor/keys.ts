/** What keys do in the editor. */
export type KeyAction =
  | ('undo' | 'redo' | 'save' | 'duplicate' | 'delete' | 'selectAll')
  | ('next' | 'note' | 'connect' | 'form' | 'canvas' | 'menu')
  | ('walkOn' | 'walkBack' | 'along' | 'against' | 'above' | 'below')
  | ('left' | 'right' | 'up' | 'down' | 'farLeft' | 'farRight' | 'farUp' | 'farDown')
  | ('showAll' | 'showSelection' | 'actualSize' | 'map' | 'find')
  | ('tidy' | 'everywhere' | 'keys')
  // What the browser does itself, or the canvas with the mouse: for the list alone.
  | ('copy' | 'cut' | 'paste' | 'pan' | 'zoom' | 'box');

/** A line in the list of keys. */
export interface KeyLine {
  readonly action: KeyAction;
  /** The keys, such as `Mod+Shift+z`: `Mod` is `Ctrl`, and `⌘` on a Mac. Any of them does it. */
  readonly keys: readonly string[];
  readonly sentence: string;
  /** True if the keys are not matched here: the browser or the canvas does it. */
  readonly isElsewhere?: true;
}

/** The keys in groups, as the list shows them. */
export const KEYS: readonly { readonly title: string; readonly lines: readonly KeyLine[] }[] = [
  {
    title: 'Add and connect',
    lines: [
      { action: 'next', keys: ['n'], sentence: 'Add what happens next' },
      { action: 'note', keys: ['Shift+n'], sentence: 'Add a note for the people who draw' },
      { action: 'connect', keys: ['c'], sentence: 'Connect: choose a way out, then a node' },
    ],
  },
  {
    title: 'Select and move',
    lines: [
      { action: 'selectAll', keys: ['Mod+a'], sentence: 'Select everything' },
      { action: 'left', keys: ['ArrowLeft'], sentence: 'Move to the left' },
      { action: 'right', keys: ['ArrowRight'], sentence: 'Move to the right' },
      { action: 'up', keys: ['ArrowUp'], sentence: 'Move up' },
      { action: 'down', keys: ['ArrowDown'], sentence: 'Move down' },
      { action: 'farLeft', keys: ['Shift+ArrowLeft'], sentence: 'Move far to the left' },
      { action: 'farRight', keys: ['Shift+ArrowRight'], sentence: 'Move far to the right' },
      { action: 'farUp', keys: ['Shift+ArrowUp'], sentence: 'Move far up' },
      { action: 'farDown', keys: ['Shift+ArrowDown'], sentence: 'Move far down' },
      { action: 'box', keys: ['Shift+click'], sentence: 'Select one more; drag a box to select several', isElsewhere: true },
    ],
  },
  {
    title: 'Go from node to node',
    lines: [
      { action: 'walkOn', keys: ['Tab'], sentence: 'The next node, in reading order' },
      { action: 'walkBack', keys: ['Shift+Tab'], sentence: 'The previous node, in reading order' },
      { action: 'along', keys: ['Alt+ArrowRight'], sentence: 'Follow the first way out' },
      { action: 'against', keys: ['Alt+ArrowLeft'], sentence: 'Back along a way in' },
      { action: 'below', keys: ['Alt+ArrowDown'], sentence: 'Where the next way out leads' },
      { action: 'above', keys: ['Alt+ArrowUp'], sentence: 'Where the previous way out leads' },
      { action: 'form', keys: ['Enter'], sentence: 'To the form of the node' },
      { action: 'canvas', keys: ['Escape'], sentence: 'Back to the canvas' },
    ],
  },
  {
    title: 'Edit',
    lines: [
      { action: 'undo', keys: ['Mod+z'], sentence: 'Undo' },
      { action: 'redo', keys: ['Mod+Shift+z', 'Mod+y'], sentence: 'Redo' },
      { action: 'copy', keys: ['Mod+c'], sentence: 'Copy', isElsewhere: true },
      { action: 'cut', keys: ['Mod+x'], sentence: 'Cut', isElsewhere: true },
      { action: 'paste', keys: ['Mod+v'], sentence: 'Paste', isElsewhere: true },
      { action: 'duplicate', keys: ['Mod+d'], sentence: 'Duplicate' },
      { action: 'delete', keys: ['Delete', 'Backspace'], sentence: 'Delete' },
      { action: 'save', keys: ['Mod+s'], sentence: 'Save now' },
    ],
  },
  {
    title: 'View',
    lines: [
      { action: 'pan', keys: ['Space+drag'], sentence: 'Move the canvas; also with the wheel', isElsewhere: true },
      { action: 'zoom', keys: ['Mod+wheel'], sentence: 'Zoom', isElsewhere: true },
      { action: 'showAll', keys: ['Shift+1'], sentence: 'Show everything' },
      { action: 'showSelection', keys: ['Shift+2'], sentence: 'Show the selection' },
      { action: 'actualSize', keys: ['0'], sentence: 'Actual size' },
      { action: 'map', keys: ['m'], sentence: 'Show or hide the map' },
      { action: 'find', keys: ['Mod+f'], sentence: 'Find in this flow; without words, the flow as a list' },
    ],
  },
  {
    title: 'Commands',
    lines: [
      { action: 'tidy', keys: ['Shift+l'], sentence: 'Tidy up' },
      { action: 'everywhere', keys: ['Mod+k'], sentence: 'Go to a flow or a node, or do something' },
      { action: 'keys', keys: ['?'], sentence: 'This list' },
    ],
  },
];

/** A press of a key, as `KeyboardEvent` has it. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map(
  KEYS.flatMap(({ lines }) =>
    lines.flatMap(({ action, keys, isElsewhere }) => (isElsewhere ? [] : keys.map((key) => [key, action] as const))),
  ),
);

/** Returns what a press of a key does, or undefined. Digits are read by their place on the keyboard, since `Shift` makes signs of them. */
export function actionOf(press: KeyPress): KeyAction | undefined {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey } = press;
  const mod = ctrlKey || metaKey ? 'Mod+' : '';
  const alt = altKey ? 'Alt+' : '';
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  const name = key.length === 1 ? key.toLowerCase() : key;
  const shift = shiftKey ? 'Shift+' : '';
  // A sign such as `?` says itself that Shift was pressed, or needs none.
  return (
    ACTIONS.get(`${mod}${alt}${shift}${name}`) ??
    (digit === undefined ? undefined : ACTIONS.get(`${mod}${alt}${shift}${digit}`)) ??
    (/^[^a-z0-9]$/.test(name) ? ACTIONS.get(`${mod}${alt}${name}`) : undefined)
  );
}

/** Returns the parts of keys in words for people, such as `Ctrl`, `Shift` and `Z`. */
export function keyWords(keys: string): readonly string[] {
  return keys.split('+').map((key) => WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** Returns the first keys of an action in words for people, such as `Ctrl Shift Z`. */
export function keysInWords(action: KeyAction): string {
  const line = KEYS.flatMap(({ lines }) => lines).find((one) => one.action === action);
  return keyWords(line?.keys[0] ?? '').join(' ');
}

const WORDS: Readonly<Record<string, string>> = {
  Mod: /Mac|iPad|iPhone/.test(globalThis.navigator?.userAgent ?? '') ? '⌘' : 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
};
