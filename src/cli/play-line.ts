import type { Choice, Json } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import type { Step } from '../golden/conversation.js';
import { millisOf } from './millis-of.js';
import { startStep } from './start-step.js';

/** What a typed line means: a step, time that passes, another channel, a message to the user, or the end. */
export type Played =
  | { readonly step: Omit<Step, 'at'> }
  | { readonly wait: number }
  | { readonly on: string }
  | { readonly show: string }
  | { readonly end: true };

export const PLAY_HELP = `  <text>                   the person writes this; the number of a shown choice taps it
  /say <text>              the person writes exactly this, even a number or a slash
  /wait <10m>              lets time pass (s, m, h, d); waits end on the way
  /start [{"input": 1}]    starts the first flow, as a call of the trigger endpoint does
  /receipt <status>        a receipt of the newest message: sent, delivered, read, failed
  /picture [address] [caption]   the person sends a picture; likewise /video, /audio, /document
  /location <latitude> <longitude> [name]   the person shares a location
  /react <emoji>           the person reacts to the newest message; without an emoji they remove the reaction
  /answer <json>           answers the call that the flow waits for: {"status": 200, "body": …}
  /fail [code] [reason]    lets that call fail
  /operator <text>         an operator writes to the person, after a hand-over
  /back [text]             the operator gives the talk back, perhaps with a last word
  /open                    the person opens the chat (Viber only); likewise /subscribe, /unsubscribe
  /link                    the person opens the newest link to the other platform
  /on whatsapp | viber     the platform on which the person writes from now on
  /end                     ends the play, as does the end of the input
`;

/** The channel of golden conversations on each platform. */
export const CHANNEL_ON = { whatsapp: 'wa', viber: 'vb' } as const;

/** Reads a typed line. `choices` are the choices shown last. */
export function playLine(
  line: string,
  now: { readonly choices: readonly Choice[]; readonly on: string; readonly program: Program },
): Played | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  if (!text.startsWith('/')) {
    const choice = now.choices[Number(text) - 1];
    if (!choice) return { step: { say: text } };
    if (choice.url !== undefined) return { show: `this choice opens ${choice.url} and sends nothing` };
    if (choice.ask !== undefined) return { show: `this choice shares the ${choice.ask}, which cannot be played. Use /say instead` };
    return { step: { tap: { id: choice.id, title: choice.title } } };
  }
  const [, word = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return known ? known(rest, now) : { show: `unknown command /${word}\n${PLAY_HELP}` };
}

const WORDS: Readonly<Record<string, (rest: string, now: { readonly on: string; readonly program: Program }) => Played>> = {
  say: (text) => ({ step: { say: text } }),
  wait(length) {
    const wait = millisOf(length);
    return wait === undefined ? { show: `"${length}" is not a duration. Use 30s, 10m, 2h or 1d` } : { wait };
  },
  start(json, { program }) {
    const data = readJson(json === '' ? '{}' : json);
    if (data === null || typeof data !== 'object' || Array.isArray(data)) return { show: 'the inputs must be a JSON object' };
    const start = startStep(program, data as Readonly<Record<string, Json>>);
    return 'refused' in start ? { show: start.refused } : { step: start.step };
  },
  picture: (rest) => file('image', rest, 'https://files.example/picture.jpg'),
  video: (rest) => file('video', rest, 'https://files.example/film.mp4'),
  audio: (rest) => file('audio', rest, 'https://files.example/voice.ogg'),
  document: (rest) => file('document', rest, 'https://files.example/paper.pdf'),
  location(rest) {
    const [, latitude, longitude, name = ''] = /^(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(rest) ?? [];
    if (latitude === undefined || longitude === undefined)
      return { show: 'use /location <latitude> <longitude> [name], in degrees: /location 52.5 13.4' };
    return { step: { sends: { type: 'location', text: name, latitude: Number(latitude), longitude: Number(longitude) } } };
  },
  react: (emoji) => ({ step: { sends: { type: 'reaction', text: '', emoji } } }),
  receipt(status) {
    const receipt = (['sent', 'delivered', 'read', 'failed'] as const).find((one) => one === status);
    return receipt === undefined ? { show: 'use /receipt sent, delivered, read or failed' } : { step: { receipt } };
  },
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
  operator: (text) => (text === '' ? { show: 'use /operator <text>, or /back to give the talk back' } : { step: { operator: { text } } }),
  back: (text) => ({ step: { operator: { giveBack: true, ...(text === '' ? {} : { text }) } } }),
  open: (_rest, now) => onViber(now, 'started'),
  subscribe: (_rest, now) => onViber(now, 'subscribed'),
  unsubscribe: (_rest, now) => onViber(now, 'unsubscribed'),
  link: (_rest, { on }) => ({ step: { opens: on === 'vb' ? 'wa' : 'vb' } }),
  on(platform) {
    const channel = Object.hasOwn(CHANNEL_ON, platform) ? CHANNEL_ON[platform as keyof typeof CHANNEL_ON] : undefined;
    return channel === undefined ? { show: 'use /on whatsapp or /on viber' } : { on: channel };
  },
  end: () => ({ end: true }),
  help: () => ({ show: PLAY_HELP }),
};

function file(type: string, rest: string, standard: string): Played {
  const [, address, caption = ''] = /^(https?:\S+)?\s*(.*)$/s.exec(rest) ?? [];
  const mediaUrl = address ?? standard;
  const fileName = mediaUrl.split('/').at(-1) ?? '';
  return { step: { sends: { type, text: caption, mediaUrl, ...(type === 'document' ? { fileName } : {}) } } };
}

function onViber({ on }: { readonly on: string }, subscribes: NonNullable<Step['subscribes']>): Played {
  return on === 'vb' ? { step: { subscribes } } : { show: 'only Viber has this event' };
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
