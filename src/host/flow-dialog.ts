import { Dialog, type DialogTurnResult } from 'botbuilder-dialogs/lib/dialog.js';
import type { DialogContext } from 'botbuilder-dialogs/lib/dialogContext.js';
import { programKey, type Vars } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { decisionContextOf } from './decision-context.js';

/**
 * A published flow version as a botbuilder dialog.
 *
 * Begun by a guest dialog, it runs on top of that dialog and ends with the flow's outputs. Begun by middleware, it takes the turn that is
 * being decided.
 */
export class FlowDialog extends Dialog {
  constructor(readonly program: Program) {
    super(program.key);
  }

  /** The dialog's options are the flow's inputs. */
  override beginDialog(dialog: DialogContext, options?: object): Promise<DialogTurnResult> {
    const { guest } = decisionContextOf(dialog.context);
    if (!guest) return this.#takeTurn(dialog);
    // The engine runs the flow once the dialog has given way.
    guest.begin = { flow: this.program.code, input: inputsOf(options) };
    return Promise.resolve(Dialog.EndOfTurn);
  }

  override continueDialog(dialog: DialogContext): Promise<DialogTurnResult> {
    const { guest } = decisionContextOf(dialog.context);
    if (!guest) return this.#takeTurn(dialog);
    return guest.returned ? dialog.endDialog(guest.returned) : Promise.resolve(Dialog.EndOfTurn);
  }

  async #takeTurn(dialog: DialogContext): Promise<DialogTurnResult> {
    const { session } = await decisionContextOf(dialog.context).run();
    const isRunning = session.runs.some(({ stack }) =>
      stack.some((frame) => frame.kind === 'flow' && programKey(frame.flow, frame.version) === this.program.key),
    );
    return isRunning ? Dialog.EndOfTurn : dialog.endDialog();
  }
}

function inputsOf(options: object | undefined): Vars {
  return JSON.parse(JSON.stringify(options ?? {})) as Vars;
}
