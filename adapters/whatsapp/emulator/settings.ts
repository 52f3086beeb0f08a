import type { EmulatorOptions, HeardMessage } from '../../../src/adapter-kit/index.js';

/** A phone number at the emulated Meta, and where its webhooks go. */
export interface EmulatorSettings extends EmulatorOptions<HeardMessage> {
  readonly phoneNumberId: string;
  readonly businessAccountId: string;
  readonly displayPhoneNumber: string;
  readonly accessToken: string;
  readonly appSecret: string;
  /** Several addresses, as behind a load balancer, take turns. */
  readonly webhookUrl: string | readonly string[];
  /** Refuses anything but templates to people who have not written within 24 hours (131047). */
  readonly windows?: boolean;
  /** Returns when a person last wrote before this emulator was started, in milliseconds since 1970. By default nobody did. */
  readonly wroteBefore?: (recipient: string) => Promise<number | undefined>;
  /** Returns the ids that Meta knows for an address. By default a wa_id with the same digits. */
  readonly recipient?: (to: string) => { readonly wa_id?: string; readonly user_id?: string } | undefined;
}
