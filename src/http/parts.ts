import type { ChannelAdapter, Clock, Log, Meters, Store } from '../contract/index.js';
import type { TurnOutcome } from '../contract/take-turn.js';
import type { CheckWorld } from '../flow/check.js';
import type { NodeTypes } from '../flow/program.js';
import type { Command } from '../manage/command-session.js';
import type { EndRequest } from '../manage/end-sessions.js';
import type { Resent } from '../manage/resend-effect.js';
import type { StartAnswer, Startable, StartRequest } from '../manage/start-flow.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { DemoChannels } from '../published/demo-channels.js';
import type { Degradation } from '../published/find-degraded.js';
import type { ProgramBook } from '../published/program-book.js';
import type { Inbound } from '../turn/inbound.js';
import type { MetricsDoor } from './metrics-route.js';

/** How a channel does: what the API shows, and what the webhook route tells. */
export interface ChannelHealthBook {
  of(channel: string): object;
  noteDelivery(channel: string, at: string): void;
}

/** What the HTTP side is given by the app. */
export interface HttpParts {
  readonly store: Store;
  readonly nodeTypes: NodeTypes;
  // biome-ignore lint/suspicious/noExplicitAny: adapters of every config type; each is checked where it is defined
  readonly adapters: ReadonlyMap<string, ChannelAdapter<any>>;
  readonly channels: ChannelBook;
  readonly demo: Pick<DemoChannels, 'isOpen'>;
  readonly programs: ProgramBook;
  readonly inbound: Inbound;
  readonly health: ChannelHealthBook;
  /** What of the flows cannot run here. */
  readonly degradation: () => Promise<Degradation>;
  readonly endSessions: (request: EndRequest) => Promise<number>;
  readonly forget: (contact: string) => Promise<'forgotten' | 'unknown'>;
  readonly resend: (effect: string, by: string) => Promise<Resent>;
  readonly command: (session: string, command: Command) => Promise<TurnOutcome>;
  readonly startFlow: (flow: Startable, request: StartRequest) => Promise<StartAnswer>;
  /** Of links to another platform, for a replay. */
  readonly seal: (text: string) => string;
  readonly checkWorld: () => CheckWorld;
  readonly clock: Clock;
  readonly log: Log;
  readonly meters: Meters;
  readonly metrics: MetricsDoor;
  /** SHA-256 of the admin's key, as hex. */
  readonly adminKeyHash: string;
  /** Where a backup may lie while it is sent; absent where nothing is in files. */
  readonly scratch: string | undefined;
  /** How many proxies stand in front, whose X-Forwarded-For is believed. */
  readonly proxies: number;
  /** Where providers reach this host; absent: where it listens. */
  readonly publicUrl: string | undefined;
}
