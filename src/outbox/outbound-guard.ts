import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type AllowRule, CallError } from '../contract/index.js';

/** Where a request goes: the host name as written, the port, and an address that the name resolves to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

const GLOBAL = ipaddr.parseCIDR('2000::/3');
/**
 * Metadata services of clouds, which give a machine its own keys, at addresses in public ranges: Azure's wire server
 * (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16), Equinix Metal. Those of other clouds
 * (169.254.169.254, 100.100.100.200, 192.0.0.192, fd00:ec2::254) are in private ranges.
 */
const METADATA: ReadonlySet<string> = new Set(['168.63.129.16', '192.80.8.124']);
/** Names of metadata services, refused whatever address they resolve to. */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.azure.com',
  'metadata.packet.net',
  'metadata.platformequinix.com',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** Returns true for public addresses, and for private ones (loopback, link-local, tunnels, metadata of clouds, …) that a rule allows. */
export function mayCall({ host, port, address }: Destination, rules: readonly AllowRule[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const name = host.toLowerCase().replace(/\.$/, '');
  // `process` turns IPv4 addresses that are written as IPv6 into IPv4.
  if (isPublic(ipaddr.process(address)) && !METADATA_NAMES.has(name)) return true;
  return rules.some((rule) => {
    if (rule.port !== undefined && rule.port !== port) return false;
    return 'host' in rule ? rule.host === name : isWithin(address, rule);
  });
}

/** Of IPv6, only global unicast counts (https://www.iana.org/assignments/ipv6-unicast-address-assignments): the rest may lead inside. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !METADATA.has(address.toString()) && (address.kind() === 'ipv4' || address.match(GLOBAL));
}

function isWithin(address: string, { network, bits }: Extract<AllowRule, { network: string }>): boolean {
  const [one, other] = [ipaddr.process(address), ipaddr.parse(network)];
  return one.kind() === other.kind() && one.match(other, bits);
}

/**
 * Returns a DNS lookup for connections to one port. It fails unless every address of the name may be called. The connection is made to the
 * addresses that it returns, so a different second answer of the name server (DNS rebinding) has no effect.
 */
export function guardedLookup(port: number, rules: readonly AllowRule[]): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      if (found.length === 0 || !found.every(({ address }) => mayCall({ host, port, address }, rules))) return done(refused(), '', 0);
      if (options.all) return done(null, found);
      return done(null, found[0]?.address ?? '', found[0]?.family);
    });
  };
}

/**
 * Returns true if a rule allows this address of a flow, in case it is private. What a name resolves to is known, and checked, when the call
 * is made.
 */
export function isAllowed(address: string, rules: readonly AllowRule[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return mayCall({ host, port: portOf(url), address: isIP(host) === 0 ? '0.0.0.0' : host }, rules);
}

/** Refuses a URL with a literal private address: there is no lookup that would check it. */
export function refuseLiteral(url: URL, rules: readonly AllowRule[]): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayCall({ host, port: portOf(url), address: host }, rules)) throw refused();
}

export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function refused(): CallError {
  return new CallError('request/private-address', 'the address is private, and OUTBOUND_ALLOW does not allow it');
}
