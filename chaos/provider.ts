import { startViberEmulator } from '../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import type { Writer } from '../adapters/whatsapp/emulator/recipient.js';
import { member, readText } from '../src/contract/json/json-members.js';
import { phoneOf, userIdOf } from './addresses.js';
import { VIBER_FAULTS, WHATSAPP_FAULTS } from './faults.js';
import type { Chance } from './random.js';
import { openSendBook, type SendBook } from './send-book.js';

/** An account at the emulated Meta. */
export const ACCOUNT = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'chaos-access-token',
  appSecret: 'chaos-app-secret',
  verifyToken: 'chaos-verify-token',
};
/** A bot at the emulated Viber. */
export const BOT = { authToken: 'chaos-auth-token', senderName: 'Chaos', uri: 'chaos' };
/** The channels of the two, by platform. */
export const CHANNELS = { whatsapp: 'chaos', viber: 'chaos-viber' } as const;
export type Side = keyof typeof CHANNELS;

/** A message of a person's, brought as often as is requested. */
export interface Brought extends Writer {
  /** The provider's id: `newId` in `people.ts` makes one of the right kind. */
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

/** WhatsApp and Viber, with everything they do wrong, and one book of what they took. */
export interface Provider extends Pick<SendBook, 'sendsTo' | 'listen' | 'atNextSend' | 'faults' | 'behave'> {
  readonly urls: Readonly<Record<Side, string>>;
  /** Resolves when a host has taken it; false when it was given up. */
  bring(side: Side, message: Brought): Promise<boolean>;
  /** From now on WhatsApp's answers to sends to this number tell the user id of its owner. */
  learn(phone: string): void;
  /** Does something as soon as a number and a user id are told to be one person's for the first time. */
  atNextMerge(act: (() => void) | undefined): void;
  close(): Promise<void>;
}

/** A host may be away for long: webhooks are brought until the run is over. */
const RETRIES = { max: 5_000, pause: 400 } as const;

export async function startProvider(hosts: readonly string[], chance: Chance): Promise<Provider> {
  const book = openSendBook(chance);
  const learned = new Set<string>();
  const told = new Set<string>();
  let act: (() => void) | undefined;
  const tell = (phone: string) => {
    if (told.has(phone)) return;
    told.add(phone);
    const asked = act;
    act = undefined;
    asked?.();
  };
  const webhooksOf = (side: Side) => ({ webhookUrl: hosts.map((url) => `${url}/webhooks/${CHANNELS[side]}`), retries: RETRIES });
  const whatsapp = await startWhatsAppEmulator({
    ...ACCOUNT,
    ...webhooksOf('whatsapp'),
    fault: () => book.faultOf(WHATSAPP_FAULTS),
    recipient(to) {
      if (!learned.has(to)) return undefined;
      tell(to);
      return { user_id: userIdOf(to) };
    },
    onTaken({ heard, ...taking }) {
      const { to, text, body } = heard;
      const effect = readText(member(body, 'biz_opaque_callback_data')) ?? '';
      book.note({ to: phoneOf(to), text, effect, ...taking }, async (prove) => {
        // Each receipt is brought until a host has stored it.
        for (const status of ['sent', 'delivered', 'read'] as const) if (await whatsapp.receipt(heard, status)) prove();
      });
    },
  });
  const viber = await startViberEmulator({
    authToken: BOT.authToken,
    ...webhooksOf('viber'),
    fault: () => book.faultOf(VIBER_FAULTS),
    onTaken({ heard, ...taking }) {
      const { to, text, body } = heard;
      const [effect = ''] = (readText(member(body, 'tracking_data')) ?? '').split(' ');
      // Viber's receipts hold its own token alone: they prove nothing to a host that has not got the answer.
      book.note({ to, text, effect, ...taking }, async () => {
        for (const event of ['delivered', 'delivered', 'seen'] as const) await viber.receipt(heard, event);
      });
    },
  });
  return {
    urls: { whatsapp: whatsapp.url, viber: viber.url },
    bring(side, message) {
      if (message.userId !== undefined) tell(message.from);
      return (side === 'whatsapp' ? whatsapp : viber).say({ name: 'Somebody', ...message });
    },
    learn: (phone) => void learned.add(phone),
    atNextMerge(request) {
      act = request;
    },
    sendsTo: book.sendsTo,
    listen: book.listen,
    atNextSend: book.atNextSend,
    faults: book.faults,
    behave: book.behave,
    async close() {
      await Promise.all([whatsapp.close(), viber.close()]);
    },
  };
}
