import { ActivityTypes, BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { TextPrompt } from 'botbuilder-dialogs/lib/prompts/textPrompt.js';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog.js';

/** An adapter that sends nothing. */
class NowhereAdapter extends BotAdapter {
  sent = 0;
  override async sendActivities(_context: TurnContext, activities: readonly object[]) {
    this.sent += activities.length;
    return activities.map(() => ({ id: '1' }));
  }
  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}

/**
 * Creates the conversation of the bench written by hand with botbuilder: a dialog that asks, waits, counts and asks again, with its state in
 * MemoryStorage (which keeps JSON, as a real store does). Returns a function that takes one message.
 */
export function handWrittenBot(): { say(person: string, text: string): Promise<void>; readonly sent: () => number } {
  const adapter = new NowhereAdapter();
  const state = new ConversationState(new MemoryStorage());
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  dialogs.add(new TextPrompt('ask'));
  dialogs.add(
    new WaterfallDialog('count', [
      (step) => step.prompt('ask', shown(step.options)),
      async (step) => {
        const n = step.options && 'n' in step.options ? Number(step.options.n) : 0;
        return step.replaceDialog('count', { n: n + 1, answer: step.result });
      },
    ]),
  );
  return {
    sent: () => adapter.sent,
    async say(person, text) {
      const activity = {
        type: ActivityTypes.Message,
        id: 'm',
        text,
        channelId: 'whatsapp',
        serviceUrl: 'https://bench.example',
        conversation: { id: person, isGroup: false, name: '', conversationType: '' },
        from: { id: person, name: '' },
        recipient: { id: 'bot', name: '' },
      };
      const context = new TurnContext(adapter, activity);
      const dialog = await dialogs.createContext(context);
      const result = await dialog.continueDialog();
      if (result.status === 'empty') await dialog.beginDialog('count');
      await state.saveChanges(context);
    },
  };
}

function shown(options: object): string {
  return 'n' in options && 'answer' in options ? `${String(options.n)}: ${String(options.answer)}` : 'ready';
}
