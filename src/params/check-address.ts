import type { NodeProblem } from '../contract/index.js';

/** Hosts that only this machine or its network can reach. */
const PRIVATE =
  /^(localhost|.*\.(local|localhost|internal|lan)|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|169\.254\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|0\.0\.0\.0|168\.63\.129\.16|\[(::1?|f[cd][\da-f:]*|fe80:[\da-f:]*)\])$/i;

/**
 * What is wrong with an address as it stands in the file: it has no scheme, another one than http and https, or a host that nobody outside can
 * reach. An address that begins with a template is judged when it is filled.
 */
export function checkAddress(address: unknown, pointer: string): readonly NodeProblem[] {
  if (typeof address !== 'string' || /^\s*(\{\{|\{%)/.test(address) || address.trim() === '') return [];
  const [, host] = /^\s*https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:\s]+)/i.exec(address) ?? [];
  if (host === undefined)
    return [
      {
        pointer,
        code: 'message/bad-address',
        message: `"${address.slice(0, 80)}" is not an address that can be fetched or opened`,
        hint: 'Write the whole address, beginning with https://.',
      },
    ];
  if (!PRIVATE.test(host)) return [];
  const message = `nobody outside of your network can reach "${host}"`;
  return [{ pointer, code: 'message/private-address', message, hint: 'Use a public address.', severity: 'warning' }];
}
