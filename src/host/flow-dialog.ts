import { Dialog, type DialogTurnResult } from 'botbuilder-dialogs/lib/dialog.js';
import type { DialogContext } from 'botbuilder-dialogs/lib/dialogContext.js';
import { programKey } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { decisionContextOf } from './decision-context.js';

/** One published flow version as a botbuilder dialog: to begin or continue it is to take the turn that is being decided. */
export class FlowDialog extends Dialog {
  constructor(readonly program: Program) {
    super(program.key);
  }

  override beginDialog(dialog: DialogContext): Promise<DialogTurnResult> {
    return this.#take(dialog);
  }

  override continueDialog(dialog: DialogContext): Promise<DialogTurnResult> {
    return this.#take(dialog);
  }

  async #take(dialog: DialogContext): Promise<DialogTurnResult> {
    const { session } = await decisionContextOf(dialog.context).run();
    const isStanding = session.runs.some(({ stack }) =>
      stack.some((frame) => frame.kind === 'flow' && programKey(frame.flow, frame.version) === this.program.key),
    );
    return isStanding ? Dialog.EndOfTurn : dialog.endDialog();
  }
}
