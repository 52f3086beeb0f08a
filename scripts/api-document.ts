import { createApp } from '../src/app.js';
import { loadConfig } from '../src/config/load.js';

/** The OpenAPI document as a host answers it: one is started for the question, on a free port, its store in memory. */
export async function apiDocument(): Promise<object> {
  const config = loadConfig({ PORT: '0', EMULATORS: 'false', PARLEY_ADMIN_KEY: 'a-key-for-one-question' });
  if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
  const app = await createApp({ ...config, DATA_DIR: '' });
  try {
    const url = await app.listen();
    return (await (await fetch(`${url}/api/openapi.json`)).json()) as object;
  } finally {
    await app.stop();
  }
}
