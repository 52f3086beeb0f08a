import type { ProviderRequest } from '../../src/contract/index.js';

/** A request to a provider with this body. */
export function aRequest(body: unknown): ProviderRequest {
  return { method: 'POST', url: 'https://provider.example/', headers: {}, body: JSON.stringify(body) };
}
