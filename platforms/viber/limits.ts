import { outboundTypes } from '../../src/adapter-kit/index.js';
import type { ChannelLimits } from '../../src/contract/index.js';

/** The endings of programs. https://developers.viber.com/docs/api/rest-bot-api/#forbidden-file-formats */
const PROGRAMS: readonly string[] = [
  ...['action', 'apk', 'app', 'bat', 'bin', 'cmd', 'com', 'command', 'cpl', 'csh', 'exe', 'gadget', 'inf1', 'ins', 'inx', 'ipa', 'isu'],
  ...['job', 'jse', 'ksh', 'lnk', 'msc', 'msi', 'msp', 'mst', 'osx', 'out', 'paf', 'pif', 'ps1', 'reg', 'rgs', 'run', 'sct', 'shb', 'shs'],
  ...['u3p', 'vb', 'vbe', 'vbs', 'vbscript', 'workflow', 'ws', 'wsf'],
];

/**
 * The limits of Viber bots. Messages: https://developers.viber.com/docs/api/rest-bot-api/#message-types. Buttons:
 * https://developers.viber.com/docs/tools/keyboards/#buttons-parameters
 *
 * A keyboard shows buttons and lists alike. Headers and footers are lines of the text. A caption that is too long for a picture, and
 * more cards than Viber shows beside each other, become messages of their own.
 */
export const limits = {
  text: 7_000,
  caption: 7_000,
  bodyWithChoices: 7_000,
  header: 250,
  footer: 250,
  buttons: { max: 50, title: 250, id: 250, description: 250 },
  list: { max: 50, title: 250, description: 250, id: 250, button: 250 },
  link: { button: 250, text: 7_000 },
  mixesLinks: true,
  carousel: { min: 2, max: 10, text: 7_000, cardText: 250 },
  address: 2_000,
  // "30 kB", taken as the smaller of its two meanings.
  request: 30_000,
  files: {
    image: { endings: ['jpg', 'jpeg', 'png', 'gif'] },
    video: { endings: ['mp4'], bytes: 26_000_000, seconds: 180 },
    document: { bytes: 50_000_000, forbidden: PROGRAMS },
  },
  shows: outboundTypes('viber'),
  // Viber publishes no number for single messages. Broadcasts may be sent at 50 a second.
  pace: { perSecond: 50 },
} as const satisfies ChannelLimits;

/** Limits that only the layout of Viber's messages needs. */
export const viberLimits = {
  pictureText: 512,
  fileName: 256,
  keyboardRows: 24,
  contactName: 28,
  contactPhone: 18,
  /** https://developers.viber.com/docs/api/rest-bot-api/#rich-media-message--carousel-content-message */
  cardsBeside: 6,
  cardRows: 7,
} as const;
