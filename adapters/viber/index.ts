import { senderOf } from '../../platforms/viber/identities.js';
import { limits } from '../../platforms/viber/limits.js';
import { tappable } from '../../platforms/viber/tappable.js';
import { defineAdapter } from '../../src/adapter-kit/index.js';
import { accepts, refusalFor } from './accepts.js';
import { accountOf, config, type ViberConfig } from './config.js';
import { inquiry } from './inquiry.js';
import { media } from './media.js';
import { parse } from './parse.js';
import { read } from './read.js';
import { answer, render } from './render.js';
import { shows } from './shows.js';
import { verify } from './verify.js';

/** Viber through its REST Bot API. */
export default defineAdapter<ViberConfig>({
  type: 'viber',
  platform: 'viber',
  title: 'Viber (REST Bot API)',
  config,
  secrets: ['authToken'],
  account: accountOf,
  app: ({ authToken }) => authToken,
  variables: ({ uri = '', senderName }) => ({ serviceId: uri, botName: senderName }),
  senderOf,
  // https://developers.viber.com/docs/tools/deep-links/
  link: ({ uri }, token) => (uri === undefined ? undefined : `viber://pa?chatURI=${uri}&context=${token}`),
  inquiry,
  verify,
  parse,
  answer,
  render,
  tappable,
  refusal: (code) => ({ ...refusalFor(Number(code)), code }),
  notSubscribed: '6',
  replacesButtons: true,
  shows,
  accepts,
  read,
  media,
  limits,
  pace: ({ throughput }) => (throughput === 0 ? undefined : { ...limits.pace, perSecond: throughput }),
  onUnknown: ({ onUnknown }) => onUnknown,
});
