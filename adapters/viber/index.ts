import { limits } from '../../platforms/viber/limits.js';
import { tappable } from '../../platforms/viber/tappable.js';
import { defineAdapter } from '../../src/contract/index.js';
import { inquiry } from './account-info.js';
import { accountOf, config, type ViberConfig } from './config.js';
import { parse, senderOf } from './parse.js';
import { read } from './read.js';
import { answer, render } from './render.js';
import { verify } from './verify.js';

/** Viber by its REST Bot API. */
export default defineAdapter<ViberConfig>({
  type: 'viber',
  platform: 'viber',
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
  buttonsGo: true,
  read,
  limits,
  pace: ({ throughput }) => (throughput === 0 ? undefined : { ...limits.pace, perSecond: throughput }),
});
