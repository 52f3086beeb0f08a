import {
  ActionTypes,
  type Activity,
  ActivityTypes,
  BotAdapter,
  type CardAction,
  CardFactory,
  ConversationState,
  MemoryStorage,
  MessageFactory,
  TurnContext,
} from 'botbuilder';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { TextPrompt } from 'botbuilder-dialogs/lib/prompts/textPrompt.js';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog.js';

/** An adapter that sends nothing. */
class NowhereAdapter extends BotAdapter {
  last = '';
  override async sendActivities(_context: TurnContext, activities: readonly Partial<Activity>[]) {
    this.last = JSON.stringify(activities.at(-1));
    return activities.map(() => ({ id: '1' }));
  }
  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}

/** A conversation written by hand with botbuilder. */
export interface HandWritten {
  say(person: string, text: string): Promise<void>;
  /** The last message that was sent. */
  readonly last: () => string;
}

type Steps = ConstructorParameters<typeof WaterfallDialog>[1];

/** Creates the counting conversation: a dialog that asks, waits, counts and asks again. */
export function countingBot(): HandWritten {
  return handWritten([
    (step) => step.prompt('ask', shown(step.options)),
    async (step) => {
      const n = step.options && 'n' in step.options ? Number(step.options.n) : 0;
      return step.replaceDialog('talk', { n: n + 1, answer: step.result });
    },
  ]);
}

function shown(options: object): string {
  return 'n' in options && 'answer' in options ? `${String(options.n)}: ${String(options.answer)}` : 'ready';
}

/** Creates the conversation of the order desk (order-flow.ts). */
export function ordersBot(): HandWritten {
  return handWritten([
    (step) => step.prompt('ask', { prompt: 'prompt' in step.options ? (step.options.prompt as object) : welcome(step.context) }),
    async (step) => {
      const n = (step.options && 'n' in step.options ? Number(step.options.n) : 0) + 1;
      return step.replaceDialog('talk', { n, prompt: answerTo(step.context, String(step.result), n) });
    },
  ]);
}

const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' });
const longDay = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Berlin',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function welcome({ activity }: TurnContext): Partial<Activity> {
  return MessageFactory.text(`Welcome, ${activity.from.name || 'friend'}. What do you need?`);
}

function answerTo({ activity }: TurnContext, answer: string, n: number): Partial<Activity> {
  const { name } = activity.from;
  const now = activity.timestamp ?? new Date(0);
  const goods = answer.trim().toUpperCase().slice(0, 24);
  const total = Math.round(n * 4.25 * 100) / 100;
  const day = isoDay.format(now);
  if (day > '2099-12-31') return MessageFactory.text('We are closed.');
  if (!(n > 2 && goods.toLowerCase().includes('message') && name !== ''))
    return MessageFactory.text(`Noted, ${name}: ${goods} for ${total} euros.`);
  const buttons = [
    button(`Pay ${total}`, `By card, until ${day}`),
    button('Add something'),
    button('Change the address'),
    button('Cancel', `Order ${n} of ${name}`),
  ];
  const card = CardFactory.heroCard(`Order ${n}`, `${goods}: ${total} euros on ${longDay.format(now)}, ${name}.`, undefined, buttons);
  return MessageFactory.attachment(card);
}

function button(title: string, text = ''): CardAction {
  return { type: ActionTypes.ImBack, title, text, value: title };
}

/** Creates a bot of one dialog, with its state in MemoryStorage, which keeps JSON as a real store does. */
function handWritten(steps: Steps): HandWritten {
  const adapter = new NowhereAdapter();
  const state = new ConversationState(new MemoryStorage());
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  dialogs.add(new TextPrompt('ask'));
  dialogs.add(new WaterfallDialog('talk', steps));
  return {
    last: () => adapter.last,
    async say(person, text) {
      const activity = {
        type: ActivityTypes.Message,
        id: 'm',
        text,
        timestamp: new Date(),
        channelId: 'whatsapp',
        serviceUrl: 'https://bench.example',
        conversation: { id: person, isGroup: false, name: '', conversationType: '' },
        from: { id: person, name: 'Ada' },
        recipient: { id: 'bot', name: '' },
      };
      const context = new TurnContext(adapter, activity);
      const dialog = await dialogs.createContext(context);
      const result = await dialog.continueDialog();
      if (result.status === 'empty') await dialog.beginDialog('talk');
      await state.saveChanges(context);
    },
  };
}
