import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { ProgramKey } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { FlowDialog } from './flow-dialog.js';

/** One FlowDialog for each loaded version. A map of its own: a DialogSet renames what is added twice, and cannot remove. */
export interface DialogRegistry {
  add(program: Program): void;
  /** A version that nobody has used for long; it is added again when it is loaded again. */
  remove(program: Program): void;
  find(key: ProgramKey): FlowDialog | undefined;
  /** Dialogs written in TypeScript, which flows begin as `dialog:<id>`. */
  readonly guests: ReadonlyMap<string, Dialog>;
  addGuest(dialog: Dialog): void;
}

export function createDialogRegistry(): DialogRegistry {
  const flows = new Map<ProgramKey, FlowDialog>();
  const guests = new Map<string, Dialog>();
  return {
    add: (program) => void flows.set(program.key, new FlowDialog(program)),
    remove: ({ key }) => void flows.delete(key),
    find: (key) => flows.get(key),
    guests,
    addGuest(dialog) {
      if (guests.has(dialog.id)) throw new Error(`there is a dialog "${dialog.id}" already`);
      guests.set(dialog.id, dialog);
    },
  };
}
