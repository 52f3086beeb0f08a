import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { FlowCode, ProgramKey } from '../contract/index.js';
import type { Program } from '../flow/program.js';

/**
 * What dialogs can be begun: every loaded flow version, which becomes a FlowDialog when it is begun, and the dialogs written in TypeScript.
 * Not a DialogSet: that renames duplicates, and cannot remove.
 */
export interface DialogRegistry {
  add(program: Program): void;
  /** Removes a version that was not used for long. It is added again when it is loaded again. */
  remove(program: Program): void;
  /** Returns any loaded version of a flow. A dialog that begins a flow begins its ONLINE version, whichever this is. */
  findFlow(code: FlowCode): Program | undefined;
  /** Dialogs written in TypeScript by their id. Flows begin them as `dialog:<id>`. */
  readonly guests: ReadonlyMap<string, Dialog>;
  /** @throws Error if a dialog with the same id was added before. */
  addGuest(dialog: Dialog): void;
}

export function createDialogRegistry(): DialogRegistry {
  const flows = new Map<ProgramKey, Program>();
  const guests = new Map<string, Dialog>();
  return {
    add: (program) => void flows.set(program.key, program),
    remove: ({ key }) => void flows.delete(key),
    findFlow: (code) => [...flows.values()].find((program) => program.code === code),
    guests,
    addGuest(dialog) {
      if (guests.has(dialog.id)) throw new Error(`there is a dialog "${dialog.id}" already`);
      guests.set(dialog.id, dialog);
    },
  };
}
