import type { Choice, Json } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import type { Step } from '../golden/conversation.js';
import { millisOf } from './millis-of.js';
import { startStep } from './start-step.js';

/** What a typed line is to the play: a step without its time, time that passes, another channel, or a word to the person at the terminal. */
export type Played =
  | { readonly step: Omit<Step, 'at'> }
  | { readonly wait: number }
  | { readonly on: string }
  | { readonly tell: string }
  | { readonly end: true };

export const PLAY_HELP = `  <text>                   what the person writes; the number of a shown choice taps it
  /say <text>              writes it as it is, also a number or a slash
  /wait <10m>              lets time pass (s, m, h, d); waits run out on the way
  /start [{"input": 1}]    starts the first flow, as the trigger endpoint would
  /receipt <status>        what became of the newest message: sent, delivered, read, failed
  /picture [address] [caption]   sends a picture; /video, /audio, /document likewise
  /location <latitude> <longitude> [name]   shares a place
  /react <emoji>           reacts to the newest message; without an emoji it is taken back
  /answer <json>           what the call that is waited for answers: {"status": 200, "body": …}
  /fail [code] [reason]    the call fails
  /open                    opens the chat (Viber's conversation_started); /subscribe, /unsubscribe
  /link                    opens the newest link to the other platform
  /on whatsapp | viber     where the person writes from now on
  /end                     ends it, as does the end of the input
`;

/** The channel of golden conversations on each platform. */
export const CHANNEL_ON = { whatsapp: 'wa', viber: 'vb' } as const;

/** Reads a line that was typed; `choices` are those shown last. */
export function playLine(
  line: string,
  now: { readonly choices: readonly Choice[]; readonly on: string; readonly program: Program },
): Played | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  if (!text.startsWith('/')) {
    const choice = now.choices[Number(text) - 1];
    if (!choice) return { step: { say: text } };
    if (choice.url !== undefined) return { tell: `that opens ${choice.url}; nothing is sent by it` };
    if (choice.ask !== undefined) return { tell: `that shares the ${choice.ask}, which cannot be played; /say writes instead` };
    return { step: { tap: { id: choice.id, title: choice.title } } };
  }
  const [, word = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return known ? known(rest, now) : { tell: `there is no /${word}\n${PLAY_HELP}` };
}

const WORDS: Readonly<Record<string, (rest: string, now: { readonly on: string; readonly program: Program }) => Played>> = {
  say: (text) => ({ step: { say: text } }),
  wait(length) {
    const wait = millisOf(length);
    return wait === undefined ? { tell: `"${length}" is no length of time: 30s, 10m, 2h, 1d` } : { wait };
  },
  start(json, { program }) {
    const data = readJson(json === '' ? '{}' : json);
    if (data === null || typeof data !== 'object' || Array.isArray(data)) return { tell: 'the inputs are to be a JSON object' };
    const start = startStep(program, data as Readonly<Record<string, Json>>);
    return 'refused' in start ? { tell: start.refused } : { step: start.step };
  },
  picture: (rest) => file('image', rest, 'https://files.example/picture.jpg'),
  video: (rest) => file('video', rest, 'https://files.example/film.mp4'),
  audio: (rest) => file('audio', rest, 'https://files.example/voice.ogg'),
  document: (rest) => file('document', rest, 'https://files.example/paper.pdf'),
  location(rest) {
    const [, latitude, longitude, name = ''] = /^(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(rest) ?? [];
    if (latitude === undefined || longitude === undefined)
      return { tell: '/location <latitude> <longitude> [name], in degrees: /location 52.5 13.4' };
    return { step: { sends: { type: 'location', text: name, latitude: Number(latitude), longitude: Number(longitude) } } };
  },
  react: (emoji) => ({ step: { sends: { type: 'reaction', text: '', emoji } } }),
  receipt(status) {
    const receipt = (['sent', 'delivered', 'read', 'failed'] as const).find((one) => one === status);
    return receipt === undefined ? { tell: '/receipt sent, delivered, read or failed' } : { step: { receipt } };
  },
  answer(json) {
    const value = readJson(json);
    return value === undefined
      ? { tell: 'the answer is to be JSON: /answer {"status": 200, "body": {}}' }
      : { step: { answer: { ok: true, value } } };
  },
  fail(words) {
    const [code = '', ...reason] = words.split(/\s+/).filter((one) => one !== '');
    return { step: { answer: { ok: false, value: { code: code || 'call/failed', reason: reason.join(' ') || 'played' } } } };
  },
  open: (_rest, now) => onViber(now, 'started'),
  subscribe: (_rest, now) => onViber(now, 'subscribed'),
  unsubscribe: (_rest, now) => onViber(now, 'unsubscribed'),
  link: (_rest, { on }) => ({ step: { opens: on === 'vb' ? 'wa' : 'vb' } }),
  on(platform) {
    const channel = Object.hasOwn(CHANNEL_ON, platform) ? CHANNEL_ON[platform as keyof typeof CHANNEL_ON] : undefined;
    return channel === undefined ? { tell: '/on whatsapp or viber' } : { on: channel };
  },
  end: () => ({ end: true }),
  help: () => ({ tell: PLAY_HELP }),
};

function file(type: string, rest: string, standard: string): Played {
  const [, address, caption = ''] = /^(https?:\S+)?\s*(.*)$/s.exec(rest) ?? [];
  const mediaUrl = address ?? standard;
  const fileName = mediaUrl.split('/').at(-1) ?? '';
  return { step: { sends: { type, text: caption, mediaUrl, ...(type === 'document' ? { fileName } : {}) } } };
}

function onViber({ on }: { readonly on: string }, subscribes: NonNullable<Step['subscribes']>): Played {
  return on === 'vb' ? { step: { subscribes } } : { tell: 'only Viber tells of that' };
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
