import type { ChannelAdapter, ChannelId, Platform, Sender } from '../contract/index.js';
import type { ChannelFacts, TurnInput } from '../engine/turn-input.js';
import type { Program, Programs } from '../flow/program.js';
import { adapterFacts } from '../published/adapter-facts.js';

/** What turns are computed from in memory: the flows, which are all ONLINE, and the channels, to which all flows are bound. */
export interface PlayWorld {
  readonly programs: Programs;
  readonly channels: ReadonlyMap<ChannelId, ChannelFacts>;
  readonly links: NonNullable<TurnInput['links']>;
  readonly constants?: TurnInput['constants'];
}

/** The adapters that a play knows. The first one of each platform counts. */
// biome-ignore lint/suspicious/noExplicitAny: adapters hold every config type
export type PlayAdapters = readonly ChannelAdapter<any>[];

/** The channel of a play on each platform. */
export const CHANNEL_ON: Readonly<Record<Platform, ChannelId>> = { whatsapp: 'wa', viber: 'vb' };
const VARIABLES = { whatsapp: { wabaId: '1' }, viber: { serviceId: 'bot' } } as const;

/** The person of all plays. */
const PERSON: Readonly<Record<Platform, Sender>> = {
  whatsapp: { identities: ['whatsapp:491511'], address: '491511' },
  viber: { identities: ['viber:vb:abc=='], address: 'abc==' },
};

/** Returns the person as they write on a platform. */
export function personOn(platform: Platform, name?: string): Sender {
  return { ...PERSON[platform], ...(name === undefined ? {} : { name }) };
}

/** Makes the world of a play: the same flows and channels give the same turns, always and everywhere. */
export function playWorld(
  programs: readonly Program[],
  adapters: PlayAdapters,
  channels: Readonly<Record<ChannelId, Platform>> = { wa: 'whatsapp', vb: 'viber' },
): PlayWorld {
  const facts = Object.entries(channels).flatMap(([id, platform]): readonly ChannelFacts[] => {
    const known = adapters.find((one) => one.platform === platform);
    const link = (token: string) => `https://${platform}.example/${token}`;
    return known ? [{ id, ...adapterFacts(known), variables: VARIABLES[platform], link }] : [];
  });
  return {
    programs: { get: (key) => programs.find((one) => one.key === key), online: (code) => programs.find((one) => one.code === code) },
    channels: new Map(facts.map((one) => [one.id, one])),
    links: { channelsOf: () => Object.values(CHANNEL_ON), seal: () => 'abcdefghijklmnop' },
  };
}
