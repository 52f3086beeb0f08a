import {
  CallError,
  type Clock,
  type HostedService,
  type Json,
  type Plugin,
  type Service,
  type ServiceHost,
  type Vars,
} from './contract/index.js';
import { createTemplates } from './template/templates.js';

/** The services of a host, by their names. */
export interface OpenedServices {
  readonly services: ReadonlyMap<string, Service>;
  /** Opens the service of one more plugin, if it has one. */
  add(plugin: Pick<Plugin, 'service'>): void;
  /** Lets go of what they keep. Never rejects. */
  close(): Promise<void>;
}

/** What services are opened with. `config` has the settings by their names. */
export interface ServiceParts {
  readonly plugins: readonly Plugin[];
  readonly config: object;
  readonly clock: Pick<Clock, 'now'>;
}

/** Opens the services of plugins for one host. */
export function openServices({ plugins, config, clock }: ServiceParts): OpenedServices {
  const fill = filler(clock);
  const services = new Map<string, OpenedService>();
  const add: OpenedServices['add'] = ({ service }) => {
    // Several node types may share one.
    if (service && !services.has(service.name)) services.set(service.name, openService(service, { config, fill }));
  };
  for (const plugin of plugins) add(plugin);
  return {
    services,
    add,
    async close() {
      await Promise.allSettled([...services.values()].map((one) => one.close?.()));
    },
  };
}

type OpenedService = Service & { close?(): Promise<void> };

function openService(
  service: Service | HostedService,
  { config, fill }: { readonly config: object } & Pick<ServiceHost, 'fill'>,
): OpenedService {
  if ('call' in service) return service;
  const { name, input, settings = [] } = service;
  const given = Object.fromEntries(Object.entries(config as Vars).filter(([key, value]) => settings.includes(key) && value !== undefined));
  return { name, input, ...service.open({ settings: given, fill }) };
}

/** Templates of settings are filled outside of turns, so nothing of them is computed again. */
function filler(clock: Pick<Clock, 'now'>): ServiceHost['fill'] {
  const templates = createTemplates();
  const warn = (code: string): void => {
    if (!/^template\/(syntax|failed)$/.test(code)) return;
    throw new CallError('call/bad-setting', 'a template in the settings of the host cannot be filled');
  };
  return (template: Json, values: Vars, as = 'value') => {
    const scope = { data: values, now: clock.now(), timeZone: 'UTC', random: Math.random, warn };
    return as === 'address' ? templates.address(String(template), scope) : templates.value(template, scope);
  };
}
