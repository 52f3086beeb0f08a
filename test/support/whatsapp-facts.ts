import whatsapp from '../../adapters/whatsapp/index.js';
import type { ChannelFacts } from '../../src/engine/turn-input.js';
import { adapterFacts } from '../../src/published/adapter-facts.js';

/** A WhatsApp channel as the engine knows it. */
export function whatsappFacts(id: string): ChannelFacts {
  return { id, ...adapterFacts(whatsapp), variables: { wabaId: '1' } };
}
