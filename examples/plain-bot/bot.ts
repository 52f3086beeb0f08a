import {
  ActionTypes,
  ActivityHandler,
  CardFactory,
  type ConversationReference,
  type ConversationState,
  MessageFactory,
  type StatePropertyAccessor,
  TurnContext,
} from 'botbuilder';
import {
  ChoicePrompt,
  type DialogContext,
  DialogSet,
  DialogTurnStatus,
  ListStyle,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';

/** Takes orders: a name, a drink, a card to look at. Nothing in it knows WhatsApp or Viber. */
export class OrderBot extends ActivityHandler {
  /** Whom to tell when a drink is ready, by conversation. A real bot keeps them in its database. */
  readonly orders = new Map<string, Partial<ConversationReference>>();
  readonly #state: ConversationState;
  readonly #dialogs: DialogSet;

  constructor(state: ConversationState) {
    super();
    this.#state = state;
    const stack: StatePropertyAccessor = state.createProperty('dialogs');
    this.#dialogs = new DialogSet(stack)
      .add(new TextPrompt('name'))
      .add(drinkPrompt())
      .add(new WaterfallDialog('order', [askName, askDrink, (step) => this.#confirm(step)]));
    // Viber tells of people who open the chat before they write.
    this.onMembersAdded(async (context, next) => {
      const begin = { type: ActionTypes.PostBack, title: 'Order a drink', value: 'order' };
      await context.sendActivity(MessageFactory.suggestedActions([begin], 'Welcome!'));
      await next();
    });
    this.onMessage(async (context, next) => {
      await this.#converse(await this.#dialogs.createContext(context));
      await next();
    });
  }

  override async run(context: TurnContext): Promise<void> {
    await super.run(context);
    await this.#state.saveChanges(context);
  }

  async #converse(dialogs: DialogContext): Promise<void> {
    const { status } = await dialogs.continueDialog();
    if (status === DialogTurnStatus.empty) await dialogs.beginDialog('order');
  }

  async #confirm(step: WaterfallStepContext) {
    const { activity } = step.context;
    this.orders.set(activity.conversation.id, TurnContext.getConversationReference(activity));
    const drink: string = step.result.value;
    const card = CardFactory.heroCard(
      drink,
      `For ${order(step).name}. It takes a moment.`,
      ['https://example.org/cup.png'],
      ['Order again'],
    );
    await step.context.sendActivity(MessageFactory.attachment(card));
    return step.endDialog();
  }
}

/** What the steps know of the order so far. */
function order({ values }: WaterfallStepContext): { name?: string } {
  return values;
}

function askName(step: WaterfallStepContext) {
  return step.prompt('name', 'What is your name?');
}

function askDrink(step: WaterfallStepContext) {
  order(step).name = step.result;
  return step.prompt('drink', {
    prompt: `Hello ${step.result}! What would you like?`,
    retryPrompt: 'We only have these:',
    choices: ['Tea', 'Coffee', 'Water'],
  });
}

/** Botbuilder shows choices as buttons on the channels that it knows by name; on others it has to be told. */
function drinkPrompt(): ChoicePrompt {
  const prompt = new ChoicePrompt('drink');
  prompt.style = ListStyle.suggestedAction;
  return prompt;
}
