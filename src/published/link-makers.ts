import type { TurnInput } from '../engine/turn-input.js';
import type { OnlineFlow } from './match-trigger.js';

/** Returns what a turn needs to make links to another platform, or undefined without a seal: then there are no links. */
export function linkMakers(seal: ((text: string) => string) | undefined, online: readonly OnlineFlow[]): TurnInput['links'] {
  return seal && { seal, channelsOf: (flow) => online.find(({ code }) => code === flow)?.channels ?? [] };
}
