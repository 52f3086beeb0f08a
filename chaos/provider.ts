import { startViberEmulator } from '../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import type { Writer } from '../adapters/whatsapp/emulator/recipient.js';
import { member, readText } from '../src/contract/json/json-members.js';
import { phoneOf, userIdOf } from './addresses.js';
import { VIBER_FAULTS, WHATSAPP_FAULTS } from './faults.js';
import { type BookParts, openSendBook, type SendBook } from './send-book.js';

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

/** A message of a person, which may be delivered several times. */
export interface Brought extends Writer {
  /** The provider's id: `newId` in `people.ts` makes one of the right kind. */
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

/** WhatsApp and Viber, with everything that they do wrong, and one book of what they accepted. */
export interface Provider extends Pick<SendBook, 'sendsTo' | 'listen' | 'atNextSend' | 'faults' | 'behave'> {
  readonly urls: Readonly<Record<Side, string>>;
  /** Delivers a message. Resolves with true if a host has accepted it, with false if all attempts failed. */
  bring(side: Side, message: Brought): Promise<boolean>;
  /** From now on, WhatsApp's answers to sends to this number contain the user id of its owner. */
  learn(phone: string): void;
  /** Acts as soon as a host learns for the first time that a number and a user id belong to the same person. */
  atNextMerge(act: (() => void) | undefined): void;
  close(): Promise<void>;
}

/** Webhooks are retried until the end of the run, because a host may be away for long. */
const RETRIES = { max: 5_000, pause: 400 } as const;

export async function startProvider(hosts: readonly string[], { chance, processOf }: BookParts): Promise<Provider> {
  const book = openSendBook({ chance, processOf });
  const learned = new Set<string>();
  const revealed = new Set<string>();
  let act: (() => void) | undefined;
  const reveal = (phone: string) => {
    if (revealed.has(phone)) return;
    revealed.add(phone);
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
      reveal(to);
      return { user_id: userIdOf(to) };
    },
    onTaken({ heard, ...taking }) {
      const { id, to, text, body } = heard;
      const effect = readText(member(body, 'biz_opaque_callback_data')) ?? '';
      book.note({ id, channel: CHANNELS.whatsapp, to: phoneOf(to), text, effect, namesEffect: true, ...taking }, async (prove) => {
        // Each receipt is repeated until a host has stored it.
        for (const status of ['sent', 'delivered', 'read'] as const) if (await whatsapp.receipt(heard, status)) prove();
      });
    },
  });
  const viber = await startViberEmulator({
    authToken: BOT.authToken,
    ...webhooksOf('viber'),
    fault: () => book.faultOf(VIBER_FAULTS),
    onTaken({ heard, ...taking }) {
      const { id, to, text, body } = heard;
      const [effect = ''] = (readText(member(body, 'tracking_data')) ?? '').split(' ');
      // Viber's receipts hold its own token only, so they prove nothing to a host that did not get the answer.
      book.note({ id, channel: CHANNELS.viber, to, text, effect, namesEffect: false, ...taking }, async () => {
        for (const event of ['delivered', 'delivered', 'seen'] as const) await viber.receipt(heard, event);
      });
    },
  });
  return {
    urls: { whatsapp: whatsapp.url, viber: viber.url },
    bring(side, message) {
      if (message.userId !== undefined) reveal(message.from);
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
