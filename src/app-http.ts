import type { AppBase } from './app-base.js';
import type { AppTurns } from './app-turns.js';
import { isCallable } from './engine/runs.js';
import type { HttpParts } from './http/parts.js';
import { isAllowed } from './outbox/outbound-guard.js';
import type { DemoChannels } from './published/demo-channels.js';
import { findDegraded } from './published/find-degraded.js';

/** Returns what the HTTP side works with. */
export function httpParts(base: AppBase, turns: AppTurns, demo: DemoChannels): HttpParts {
  const { config, store, nodeTypes, metering, scratch } = base;
  const { programs, outbox } = turns;
  const { meters, ...metrics } = metering;
  return {
    store,
    nodeTypes,
    adapters: new Map(base.adapters.map((one) => [one.type, one])),
    channels: turns.channels,
    demo,
    programs,
    inbound: turns.inbound,
    health: outbox.health,
    degradation: () => findDegraded({ store, programs }, 'known'),
    takeTurn: turns.takeTurn,
    seal: base.seal,
    checkWorld: () => checkWorld(base, turns),
    clock: base.clock,
    log: base.log,
    meters,
    metrics: { access: config.METRICS, ...metrics },
    adminKeyHash: base.adminKey.hash,
    scratch,
    proxies: config.PROXIES,
    publicUrl: config.PUBLIC_URL,
  };
}

/** Returns what the check of a flow may know about this host. */
function checkWorld({ config, nodeTypes, adapters }: AppBase, { programs }: AppTurns): ReturnType<HttpParts['checkWorld']> {
  return {
    nodeTypes,
    ...(config.TIME_ZONE === undefined ? {} : { timeZone: config.TIME_ZONE }),
    secrets: (name) => Object.hasOwn(config.secrets, name),
    mayCall: (address) => isAllowed(address, config.OUTBOUND_ALLOW ?? []),
    flows: (code) => {
      const program = programs.snapshot().online(code);
      return program ? (isCallable(program) ? 'callable' : 'not-callable') : 'not-online';
    },
    limits: (platform) => adapters.find((one) => one.platform === platform)?.limits,
  };
}
