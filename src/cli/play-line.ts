import type { Json, Platform, ShownChoice } from '../contract/index.js';
import type { PlayStep } from '../play/play-step.js';
import { millisOf } from './millis-of.js';

/** What a typed line means: a step, another platform, a message to the user, or the end. */
export type Played = { readonly step: PlayStep } | { readonly on: Platform } | { readonly show: string } | { readonly end: true };

export const PLAY_HELP = `  <text>                   the person writes this; the number of a shown choice taps it
  /say <text>              the person writes exactly this, even a number or a slash
  /tap <id or title>       the person taps this button, also on an earlier message
  /wait <10m>              lets time pass (s, m, h, d); waits end on the way
  /start [{"input": 1}]    starts the first flow, as a call of the trigger endpoint does
  /receipt <status>        a receipt of the newest message: sent, delivered, read, failed
  /refuse <code>           the provider refuses the next message with this code
  /picture [address] [caption]   the person sends a picture; likewise /video, /audio, /document
  /location <latitude> <longitude> [name]   the person shares a location
  /react <emoji>           the person reacts to the newest message; without an emoji they remove the reaction
  /send <json>             the person sends anything: {"type": "sticker"}
  /answer <json>           answers the call that the flow waits for: {"status": 200, "body": …}
  /fail [code] [reason]    lets that call fail
  /call                    really makes that call, and keeps its answer
  /operator <text>         an operator writes to the person, after a hand-over
  /back [text]             the operator gives the talk back, perhaps with a last word
  /open [context]          the person opens the chat (Viber only); likewise /subscribe, /unsubscribe
  /link                    the person opens the newest link to the other platform
  /on whatsapp | viber     the platform on which the person writes from now on
  /end                     ends the play, as does the end of the input
`;

/** Where the conversation stands. */
interface Now {
  /** What can be tapped on the messages shown last. */
  readonly choices: readonly ShownChoice[];
}

/** Reads a typed line. */
export function playLine(line: string, now: Now): Played | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  if (!text.startsWith('/')) return tapOrSay(text, now);
  const [, word = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return known ? known(rest) : { show: `unknown command /${word}\n${PLAY_HELP}` };
}

function tapOrSay(text: string, { choices }: Now): Played {
  const choice = choices[Number(text) - 1];
  if (!choice) return { step: { say: text } };
  const { id = choice.title, does, url = 'an address' } = choice;
  if (does === 'reply') return { step: { tap: id } };
  return { show: does === 'url' ? `this button opens ${url} and sends nothing` : INSTEAD[does] };
}

/** What to type instead of a tap that does not answer. */
const INSTEAD: Readonly<Record<Exclude<ShownChoice['does'], 'reply' | 'url'>, string>> = {
  phone: 'this button shares the phone number. Use /send {"type": "contacts"}',
  location: 'this button shares the location. Use /location',
  form: 'this button opens a form. Use /send {"type": "form", "form": {}}',
  catalog: 'this button opens products. Use /send {"type": "order"}',
  call: 'this button calls and sends nothing',
  none: 'this button does nothing',
};

const WORDS: Readonly<Record<string, (rest: string) => Played>> = {
  say: (text) => ({ step: { say: text } }),
  tap: (tap) => (tap === '' ? { show: 'use /tap <id or title>' } : { step: { tap } }),
  wait(length) {
    const millis = millisOf(length);
    return millis === undefined ? { show: `"${length}" is not a duration. Use 30s, 10m, 2h or 1d` } : { step: { pass: millis / 1000 } };
  },
  start(json) {
    const data = readJson(json === '' ? '{}' : json);
    if (data === null || typeof data !== 'object' || Array.isArray(data)) return { show: 'the inputs must be a JSON object' };
    return { step: { start: { data: data as Readonly<Record<string, Json>> } } };
  },
  picture: (rest) => file('image', rest),
  video: (rest) => file('video', rest),
  audio: (rest) => file('audio', rest),
  document: (rest) => file('document', rest),
  location(rest) {
    const [, latitude, longitude, name = ''] = /^(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(rest) ?? [];
    if (latitude === undefined || longitude === undefined)
      return { show: 'use /location <latitude> <longitude> [name], in degrees: /location 52.5 13.4' };
    return { step: { send: { type: 'location', text: name, latitude: Number(latitude), longitude: Number(longitude) } } };
  },
  react: (emoji) => ({ step: { send: { type: 'reaction', emoji } } }),
  send(json) {
    const send = readJson(json) as PlayStep['send'];
    return typeof send === 'object' && send !== null ? { step: { send } } : { show: 'use /send {"type": "sticker"}' };
  },
  receipt(status) {
    const receipt = (['sent', 'delivered', 'read', 'failed'] as const).find((one) => one === status);
    return receipt === undefined ? { show: 'use /receipt sent, delivered, read or failed' } : { step: { receipt } };
  },
  refuse: (code) => (code === '' ? { show: 'use /refuse <code of the provider>, such as 131047' } : { step: { refuse: code } }),
  answer(json) {
    const value = readJson(json);
    return value === undefined
      ? { show: 'the answer must be JSON: /answer {"status": 200, "body": {}}' }
      : { step: { answer: { ok: true, value } } };
  },
  fail(words) {
    const [code = '', ...reason] = words.split(/\s+/).filter((one) => one !== '');
    return { step: { answer: { ok: false, value: { code: code || 'call/failed', reason: reason.join(' ') || 'played' } } } };
  },
  call: () => ({ step: { call: 'really' } }),
  operator: (text) => (text === '' ? { show: 'use /operator <text>, or /back to give the talk back' } : { step: { operator: { text } } }),
  back: (text) => ({ step: { operator: { giveBack: true, ...(text === '' ? {} : { text }) } } }),
  open: (context) => ({ step: { open: context === '' ? true : { context } } }),
  subscribe: () => ({ step: { open: 'subscribed' } }),
  unsubscribe: () => ({ step: { open: 'unsubscribed' } }),
  link: () => ({ step: { link: true } }),
  on: (platform) => (platform === 'whatsapp' || platform === 'viber' ? { on: platform } : { show: 'use /on whatsapp or /on viber' }),
  end: () => ({ end: true }),
  help: () => ({ show: PLAY_HELP }),
};

function file(type: string, rest: string): Played {
  const [, mediaUrl, text = ''] = /^(https?:\S+)?\s*(.*)$/s.exec(rest) ?? [];
  const fileName = type === 'document' && mediaUrl !== undefined ? { fileName: mediaUrl.split('/').at(-1) ?? '' } : {};
  return { step: { send: { type, ...(text === '' ? {} : { text }), ...(mediaUrl === undefined ? {} : { mediaUrl }), ...fileName } } };
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
