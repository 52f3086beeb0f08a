import { outboundTypes } from '../../src/adapter-kit/index.js';
import type { ChannelLimits } from '../../src/contract/index.js';

/**
 * The limits of WhatsApp. https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/ has a page for each type of
 * message; for the pace see …/throughput and …/about-the-platform#rate-limits.
 */
export const limits: ChannelLimits = {
  text: 4_096,
  caption: 1_024,
  bodyWithChoices: 1_024,
  header: 60,
  footer: 60,
  buttons: { max: 3, title: 20, id: 256 },
  list: { max: 10, title: 24, description: 72, id: 200, button: 20, body: 4_096 },
  link: { button: 20, text: 1_024 },
  carousel: { min: 2, max: 10, text: 1_024, cardText: 160 },
  shows: outboundTypes('whatsapp'),
  windowHours: 24,
  pace: { perSecond: 80, pair: { burst: 45, everyMillis: 6_000 } },
};
