import { expect } from 'chai';
import Joi from 'joi';
import { plugins } from '../plugins/all.js';
import type { HostedService, Plugin, ServiceTools } from '../src/contract/index.js';
import { openServices } from '../src/open-services.js';

const [plugin] = plugins;
const TOOLS: ServiceTools = {
  id: 's1.1.1',
  signal: new AbortController().signal,
  request: () => Promise.reject(new Error('no')),
  stream: () => Promise.reject(new Error('no')),
  pause: async () => {},
};
const clock = { now: () => '2026-11-24T09:00:00.000Z' };

function opened(service: HostedService<unknown>, config: object) {
  if (!plugin) throw new Error('there is no plugin');
  const plugins: readonly Plugin[] = [{ ...plugin, service }];
  return openServices({ plugins, config, clock });
}

describe('services that a host opens', () => {
  it('get the settings that they name and no others, once for each host, and are closed with it', async () => {
    const seen: unknown[] = [];
    const service: HostedService<unknown> = {
      name: 'fax',
      input: Joi.any(),
      settings: ['FAX_URL', 'FAX_PACE'],
      open: ({ settings }) => {
        seen.push(settings);
        return { call: async () => settings['FAX_URL'] ?? null, close: async () => void seen.push('closed') };
      },
    };
    const { services, close } = opened(service, { FAX_URL: 'fax://1', FAX_PACE: undefined, MONGODB_URL: 'secret' });
    expect(await services.get('fax')?.call({}, TOOLS)).to.equal('fax://1');
    await close();
    expect(seen).to.deep.equal([{ FAX_URL: 'fax://1' }, 'closed']);
  });

  it('fill templates of settings; values stay in their place of an address', async () => {
    const service: HostedService<unknown> = {
      name: 'fax',
      input: Joi.any(),
      open: ({ fill }) => ({
        call: async () => [
          fill({ to: '{{ to }}', day: "{{ 'now' | date: '%F' }}" }, { to: 'a"b' }) ?? null,
          fill('https://fax.example/{{ to }}?q={{ to }}', { to: 'a/b&c' }, 'address') ?? null,
        ],
      }),
    };
    const { services } = opened(service, {});
    expect(await services.get('fax')?.call({}, TOOLS)).to.deep.equal([
      { to: 'a"b', day: '2026-11-24' },
      'https://fax.example/a%2Fb%26c?q=a%2Fb%26c',
    ]);
  });

  it('may fail to close without holding up the others', async () => {
    const service: HostedService<unknown> = {
      name: 'fax',
      input: Joi.any(),
      open: () => ({ call: async () => null, close: () => Promise.reject(new Error('no')) }),
    };
    await opened(service, {}).close();
  });
});
