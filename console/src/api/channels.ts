import type { Field } from '../../../src/contract/form.js';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Platform } from '../../../src/contract/message.js';

/** An account at a provider, as lists and its own page show it. */
export interface ChannelRow {
  readonly id: string;
  readonly adapter: string;
  readonly platform: Platform;
  readonly name: string;
  /** Its settings, for admins; a secret is `{ set: true }`. */
  readonly config?: JsonObject;
  /** An emulated account of the demo. */
  readonly demo?: true;
  /** The address to configure at the provider. */
  readonly webhookUrl: string;
  readonly health: {
    readonly lastDeliveryAt?: string;
    readonly lastSentAt?: string;
    readonly lastError?: { readonly at: string; readonly code: string; readonly message: string };
  };
  /** The flows that are bound to it. */
  readonly flows?: readonly string[];
}

/** A provider, as the form of its channels needs it. */
export interface AdapterDescriptor {
  readonly type: string;
  readonly platform: Platform;
  readonly title: string;
  readonly form: Field;
  /** The settings that are never shown again. */
  readonly secrets: readonly string[];
}
