import type { NodeProblem } from '../contract/index.js';

/** Hosts that can be reached from this machine or its network only. */
const PRIVATE =
  /^(localhost|.*\.(local|localhost|internal|lan)|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|169\.254\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|0\.0\.0\.0|168\.63\.129\.16|\[(::1?|f[cd][\da-f:]*|fe80:[\da-f:]*)\])$/i;

/** An address without its scheme. */
const HOST_AND_PATH = /^(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:[/?#]|$)/i;

/**
 * Returns what is wrong with an address of a flow file: its scheme is missing or is not http or https, or its host is private. An address that
 * begins with a template is checked when the template is filled.
 */
export function checkAddress(address: unknown, pointer: string): readonly NodeProblem[] {
  if (typeof address !== 'string' || /^\s*(\{\{|\{%)/.test(address) || address.trim() === '') return [];
  const [, host] = /^\s*https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:\s]+)/i.exec(address) ?? [];
  if (host === undefined)
    return [
      {
        pointer,
        code: 'message/bad-address',
        message: `"${address.slice(0, 80)}" is not a web address`,
        ...(HOST_AND_PATH.test(address)
          ? { hint: `Write "https://${address.slice(0, 80)}".`, mend: [{ op: 'replace', path: pointer, value: `https://${address}` }] }
          : { hint: 'Write the whole address. It must begin with https://.' }),
      },
    ];
  if (!PRIVATE.test(host)) return [];
  const message = `"${host}" cannot be reached from outside of your network`;
  return [{ pointer, code: 'message/private-address', message, hint: 'Use a public address.', severity: 'warning' }];
}
