import { Dialog, type DialogTurnResult } from 'botbuilder-dialogs/lib/dialog.js';
import type { DialogContext } from 'botbuilder-dialogs/lib/dialogContext.js';
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

  async #take({ context }: DialogContext): Promise<DialogTurnResult> {
    const decision = await decisionContextOf(context).run();
    const isStanding = decision.session.runs.some(({ stack }) =>
      stack.some((frame) => frame.kind === 'flow' && frame.flow === this.program.code),
    );
    return isStanding ? Dialog.EndOfTurn : { status: COMPLETE };
  }
}

/** DialogTurnStatus.complete: the enum's own file would bring the whole package's index along. */
const COMPLETE = 'complete' as DialogTurnResult['status'];
