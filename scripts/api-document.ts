import { createApp } from '../src/app.js';
import { loadConfig } from '../src/config/load.js';

/** Returns the OpenAPI document of a host. Starts one for that, on a free port, with its store in memory. */
export async function apiDocument(): Promise<object> {
  const config = loadConfig({ PORT: '0', EMULATORS: 'false', PARLEY_ADMIN_KEY: 'a-key-for-one-request' });
  if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
  const app = await createApp({ ...config, DATA_DIR: '' });
  try {
    const url = await app.listen();
    return (await (await fetch(`${url}/api/openapi.json`)).json()) as object;
  } finally {
    await app.stop();
  }
}
