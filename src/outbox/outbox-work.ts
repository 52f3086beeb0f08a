import { setMaxListeners } from 'node:events';
import { type Jobs, type Log, type Meters, silentMeters, type TakeTurn } from '../contract/host/index.js';
import type { AllowRule, Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { Recipient } from '../people/learn-identities.js';
import type { ChannelBook } from '../published/channel-book.js';
import { createHealthBook } from './channel-health.js';
import { createHolds } from './holds.js';
import { createHttpClient } from './http-client.js';
import { createOutbound, type Outbound } from './outbound-request.js';
import { createPacing } from './pacing.js';
import { createPauses, type Pauses } from './pauses.js';
import type { CallParts } from './perform-call.js';
import type { NoticeParts } from './perform-notice.js';
import { isClockTrusted, type SendParts } from './perform-send.js';
import { createRoom, type Room } from './room.js';
import type { Secrets } from './unseal.js';

export interface OutboxParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly takeTurn: TakeTurn;
  readonly services: CallParts['services'];
  /** Secrets for calls, by name. They are never stored or logged. */
  readonly secrets?: Secrets;
  /** Private addresses that calls may reach. By default none. */
  readonly outboundAllow?: readonly AllowRule[];
  /** Returns where hand-overs on a channel are told to operators. By default nowhere. */
  readonly operators?: NoticeParts['operators'];
  readonly clock: Clock;
  /** Returns for how long nobody has set the wall clock, in milliseconds. By default nobody ever does. */
  readonly steadyFor?: () => number;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly meters?: Meters;
  /** Called with the identities that a provider's answer gives for the receiver of a message. Must not reject. */
  readonly learn?: (recipient: Recipient) => Promise<void>;
}

/** What the functions of the outbox work with. */
export interface OutboxWork extends Pick<OutboxParts, 'store' | 'clock' | 'jobs' | 'log' | 'takeTurn' | 'learn'> {
  readonly meters: Meters;
  readonly sending: SendParts;
  readonly calling: CallParts & { readonly outbound: Outbound };
  readonly noticing: NoticeParts;
  readonly room: Room;
  readonly pauses: Pauses;
  /** Aborted when the outbox begins nothing new any more. */
  readonly resting: AbortController;
  /** Aborted when a stopping host waits for its calls no longer. */
  readonly ending: AbortController;
}

export function openOutboxWork({ meters = silentMeters, ...parts }: OutboxParts): OutboxWork {
  const { clock, channels } = parts;
  const pacing = createPacing(clock);
  const resting = controllerForMany();
  const sending: SendParts = {
    ...parts,
    client: createHttpClient(),
    health: createHealthBook(),
    pacing,
    resting,
    holds: createHolds(clock),
    startedAt: clock.monotonic(),
    steadyFor: parts.steadyFor ?? (() => Number.POSITIVE_INFINITY),
  };
  return {
    ...parts,
    meters,
    sending,
    noticing: {
      operators: parts.operators ?? (() => undefined),
      client: sending.client,
      receivers: createHolds(clock),
      clock,
      isClockTrusted: () => isClockTrusted(sending),
      log: parts.log,
    },
    calling: { ...parts, secrets: parts.secrets ?? {}, outbound: createOutbound(parts.outboundAllow ?? []) },
    room: createRoom({ channels, pacing }),
    pauses: createPauses(clock),
    resting,
    ending: controllerForMany(),
  };
}

/** Every effect under way may listen: Node is not to warn of a leak. */
function controllerForMany(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
