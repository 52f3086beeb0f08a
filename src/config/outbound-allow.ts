import ipaddr from 'ipaddr.js';
import type { AllowRule } from '../contract/index.js';

const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** Reads rules such as `localhost:8080, 10.0.0.0/8, [::1]:80`. `mistake` is the first entry that is invalid. */
export function readOutboundAllow(list: string): { readonly rules: readonly AllowRule[] } | { readonly mistake: string } {
  const rules: AllowRule[] = [];
  for (const entry of list.split(',').map((one) => one.trim())) {
    if (entry === '') continue;
    const rule = ruleOf(entry);
    if (!rule) return { mistake: entry };
    rules.push(rule);
  }
  return { rules };
}

function ruleOf(entry: string): AllowRule | undefined {
  const network = networkOf(entry);
  if (network) return network;
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const name = bracketed ?? plain ?? '';
  const at = port === undefined ? {} : { port: Number(port) };
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  const address = networkOf(name);
  if (address) return name.includes('/') ? undefined : { ...address, ...at };
  return bracketed === undefined && HOST.test(name) && !/^[\d.]+$/.test(name) ? { host: name.toLowerCase(), ...at } : undefined;
}

/** Reads a network, or an address as a network with one address. */
function networkOf(text: string): { readonly network: string; readonly bits: number } | undefined {
  try {
    if (text.includes('/')) {
      const [address, bits] = ipaddr.parseCIDR(text);
      return { network: address.toString(), bits };
    }
    if (!/^[\d.]+$/.test(text) && !text.includes(':')) return undefined;
    const address = ipaddr.parse(text);
    return { network: address.toString(), bits: address.kind() === 'ipv4' ? 32 : 128 };
  } catch {
    return undefined;
  }
}
