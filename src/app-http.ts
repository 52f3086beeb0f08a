import type { AppBase } from './app-base.js';
import type { AppTurns } from './app-turns.js';
import { isRefused, Mailboxes } from './contract/host/index.js';
import type { ChannelId } from './contract/index.js';
import { isCallable } from './engine/runs.js';
import { channelLimits } from './flow/channel-limits.js';
import type { HttpParts } from './http/parts.js';
import { isAllowed } from './outbox/outbound-guard.js';
import type { SharedSettings } from './published/channel-settings.js';
import type { DemoChannels } from './published/demo-channels.js';
import { findDegraded } from './published/find-degraded.js';
import { manualTrigger } from './published/start-inputs.js';

/** Returns what the HTTP side works with. */
export function httpParts(base: AppBase, turns: AppTurns, demo: DemoChannels): Omit<HttpParts, 'consoleFolder'> {
  const { config, store, plugins, metering, scratch } = base;
  const { programs, outbox } = turns;
  const { meters, show } = metering;
  return {
    store,
    nodeTypes: plugins.nodeTypes,
    loadNodeTypes: plugins.loadAll,
    adapters: new Map(base.adapters.map((one) => [one.type, one])),
    channels: turns.channels,
    demo,
    programs,
    inbound: turns.inbound,
    health: outbox.health,
    degradation: () => findDegraded({ store, programs }, 'known'),
    takeTurn: turns.takeTurn,
    slices: new Mailboxes(),
    seal: base.seal,
    constants: base.config.constants,
    media: turns.media,
    addresses: turns.addresses,
    checkWorld: (bound = []) => checkWorld(base, turns, bound),
    clock: base.clock,
    log: base.log,
    meters,
    metrics: { access: config.METRICS, ...(show ? { show: () => show(outbox.use()) } : {}) },
    codes: base.codes,
    adminKeyHash: base.adminKey.hash,
    scratch,
    proxies: config.PROXIES,
    publicUrl: config.PUBLIC_URL,
  };
}

/** Returns what the check of a flow may know about this host. `bound` are the channels of the flow. */
function checkWorld(
  { config, plugins, adapters }: AppBase,
  { channels, programs }: AppTurns,
  bound: readonly ChannelId[],
): ReturnType<HttpParts['checkWorld']> {
  return {
    nodeTypes: plugins.nodeTypes,
    ...(config.TIME_ZONE === undefined ? {} : { timeZone: config.TIME_ZONE }),
    secrets: (name) => Object.hasOwn(config.secrets, name),
    constants: (name) => Object.hasOwn(config.constants, name),
    hasSetting: (name) =>
      Object.entries(config).some(([key, value]) => key === name && value !== undefined) ||
      (name === 'OPERATOR_WEBHOOK' && bound.length > 0 && bound.every((id) => hasOperators(channels.get(id)?.config))),
    mayCall: (address) => isAllowed(address, config.OUTBOUND_ALLOW ?? []),
    flows: (code) => {
      const program = programs.snapshot().online(code);
      if (!program) return 'not-online';
      if (!isRefused(manualTrigger(program))) return 'startable';
      return isCallable(program) ? 'callable' : 'not-callable';
    },
    stopWords(platform) {
      const rules = bound.flatMap((id) => channels.facts().get(id) ?? []).filter((facts) => facts.platform === platform);
      return rules.length === 0 ? undefined : (keyword) => rules.some(({ optOut }) => optOut?.isStop(keyword));
    },
    limits: channelLimits({
      bound: bound.flatMap((id) => channels.get(id)?.adapter ?? []),
      configured: channels.all.map(({ adapter }) => adapter),
      loaded: adapters,
    }),
  };
}

/** Returns whether a channel has an address of its own for hand-overs. */
function hasOperators(settings: unknown): boolean {
  return (settings as SharedSettings | undefined)?.operatorWebhook !== undefined;
}
