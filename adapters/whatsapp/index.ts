import { failureOf, meaningOf } from '../../platforms/whatsapp/error-table.js';
import { senderOf, userIdIn } from '../../platforms/whatsapp/identities.js';
import { limits } from '../../platforms/whatsapp/limits.js';
import { tappable } from '../../platforms/whatsapp/tappable.js';
import { defineAdapter } from '../../src/adapter-kit/index.js';
import { accepts } from './accepts.js';
import { config, type WhatsAppConfig } from './config.js';
import { inquiry } from './inquiry.js';
import { media } from './media.js';
import { parse } from './parse.js';
import { read } from './read.js';
import { render } from './render.js';
import { shows } from './shows.js';
import { typing } from './typing.js';
import { handshake, verify } from './verify.js';

/** WhatsApp through Meta's Cloud API. */
export default defineAdapter<WhatsAppConfig>({
  type: 'whatsapp',
  platform: 'whatsapp',
  title: 'WhatsApp (Cloud API of Meta)',
  config,
  secrets: ['accessToken', 'appSecret', 'verifyToken'],
  account: ({ phoneNumberId }) => phoneNumberId,
  app: ({ appSecret }) => appSecret,
  variables: ({ businessAccountId, displayPhoneNumber = '' }) => ({ wabaId: businessAccountId, wabaPhoneNumber: displayPhoneNumber }),
  senderOf,
  userId: (identities, { businessAccountId }) => {
    const identity = userIdIn(identities);
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
  refusal: (code) => ({ ...failureOf({ code: Number(code) }), code, ...(meaningOf(Number(code)).retryable ? { retryable: true } : {}) }),
  typing,
  shows,
  accepts,
  read,
  media,
  limits,
  pace: ({ throughput }) => (throughput === 0 ? undefined : { ...limits.pace, perSecond: throughput }),
  onUnknown: ({ onUnknown }) => onUnknown,
});
