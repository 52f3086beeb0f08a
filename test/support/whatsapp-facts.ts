import whatsapp from '../../adapters/whatsapp/index.js';
import type { ChannelFacts } from '../../src/engine/step.js';

/** A WhatsApp channel as the engine knows it. */
export function whatsappFacts(id: string): ChannelFacts {
  return { id, platform: 'whatsapp', limits: whatsapp.limits, variables: { wabaId: '1' } };
}
