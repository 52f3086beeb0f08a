import { limits } from '../../platforms/whatsapp/limits.js';
import { tappable } from '../../platforms/whatsapp/tappable.js';
import { defineAdapter } from '../../src/contract/index.js';
import { config, type WhatsAppConfig } from './config.js';
import { inquiry } from './inquiry.js';
import { isUserId, parse, senderOf } from './parse.js';
import { read } from './read.js';
import { render } from './render.js';
import { handshake, verify } from './verify.js';

/** WhatsApp by Meta's Cloud API. */
export default defineAdapter<WhatsAppConfig>({
  type: 'whatsapp',
  platform: 'whatsapp',
  config,
  secrets: ['accessToken', 'appSecret', 'verifyToken'],
  account: ({ phoneNumberId }) => phoneNumberId,
  app: ({ appSecret }) => appSecret,
  variables: ({ businessAccountId, displayPhoneNumber = '' }) => ({ wabaId: businessAccountId, wabaPhoneNumber: displayPhoneNumber }),
  senderOf,
  userId: (identities, { businessAccountId }) => {
    const identity = identities.find(isUserId);
    return identity === undefined ? undefined : { identity, scope: businessAccountId };
  },
  // https://faq.whatsapp.com/5913398998672934
  link: ({ displayPhoneNumber = '' }, token) =>
    displayPhoneNumber === ''
      ? undefined
      : `https://wa.me/${displayPhoneNumber.replace(/\D/g, '')}?text=${encodeURIComponent(`Here I am: ${token}`)}`,
  inquiry,
  handshake,
  verify,
  parse,
  render,
  tappable,
  read,
  limits,
  pace: ({ throughput }) => (throughput === 0 ? undefined : { ...limits.pace, perSecond: throughput }),
});
