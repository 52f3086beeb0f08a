import type { EmulatorOptions, HeardMessage } from '../../../src/adapter-kit/index.js';

/** A message that the emulated Viber took. */
export interface ViberMessage extends HeardMessage {
  /** It came as the answer to `conversation_started`. */
  readonly isWelcome?: true;
}

/** A bot at the emulated Viber, and where its webhooks go. */
export interface EmulatorSettings extends EmulatorOptions<ViberMessage> {
  readonly authToken: string;
  readonly name?: string;
  readonly uri?: string;
  /** As if `set_webhook` had been called. Several addresses, as behind a load balancer, take turns. */
  readonly webhookUrl?: string | readonly string[];
}
