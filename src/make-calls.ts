import { systemClock } from './clock/system-clock.js';
import type { Config } from './config/schema.js';
import type { Plugin } from './contract/index.js';
import { openServices } from './open-services.js';
import { createOutbound } from './outbox/outbound-request.js';
import { performCall } from './outbox/perform-call.js';
import type { MakeCall } from './play/play.js';

/** Makes the calls of a play as a host would: with its services, its secrets, and its rules about addresses. */
export interface CallMaker {
  readonly makeCall: MakeCall;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Opens the services of these plugins, with the settings of the installation. */
export function openCallMaker(plugins: readonly Plugin[], config: Config): CallMaker {
  const { services, close } = openServices({ plugins, config, clock: systemClock });
  const outbound = createOutbound(config.OUTBOUND_ALLOW ?? []);
  const parts = { services, secrets: config.secrets, outbound, clock: systemClock };
  return {
    async makeCall({ id, body }) {
      const { ok, value } = await performCall(parts, { id, body });
      return { ok, value };
    },
    async close() {
      await Promise.all([close(), outbound.close()]);
    },
  };
}
