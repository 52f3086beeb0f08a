import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type AllowRule, CallError } from '../contract/index.js';

/** Where a request is going: the name as it was written, the port, and an address that the name stands for. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

const GLOBAL = ipaddr.parseCIDR('2000::/3');
/**
 * Where clouds tell a machine its own keys, at an address that is public by its range: Azure's wire server
 * (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16), Equinix Metal's metadata. Those of other clouds
 * (169.254.169.254, 100.100.100.200, 192.0.0.192, fd00:ec2::254) are private by their range.
 */
const METADATA: ReadonlySet<string> = new Set(['168.63.129.16', '192.80.8.124']);
/** Names of the same, wherever a name server says that they are. */
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

/** Public addresses are free; private ones (loopback, link-local, documentation, tunnels, clouds' metadata, …) only where a rule names them. */
export function mayCall({ host, port, address }: Destination, rules: readonly AllowRule[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const name = host.toLowerCase().replace(/\.$/, '');
  // IPv4 addresses written as IPv6 count as what they are.
  if (isPublic(ipaddr.process(address)) && !METADATA_NAMES.has(name)) return true;
  return rules.some((rule) => {
    if (rule.port !== undefined && rule.port !== port) return false;
    return 'host' in rule ? rule.host === name : isWithin(address, rule);
  });
}

/** Of IPv6 only what is given out as global (https://www.iana.org/assignments/ipv6-unicast-address-assignments): the rest may lead inside. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && !METADATA.has(address.toString()) && (address.kind() === 'ipv4' || address.match(GLOBAL));
}

function isWithin(address: string, { network, bits }: Extract<AllowRule, { network: string }>): boolean {
  const [one, other] = [ipaddr.process(address), ipaddr.parse(network)];
  return one.kind() === other.kind() && one.match(other, bits);
}

/**
 * DNS for one request: every address that the name has must be one that may be called, and the connection is made to just these, so
 * that a second answer of the name server changes nothing.
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

/** Does a rule name this private address, written in a flow? What a name stands for is known when the call is made, and judged again then. */
export function isNamed(address: string, rules: readonly AllowRule[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return mayCall({ host, port: portOf(url), address: isIP(host) === 0 ? '0.0.0.0' : host }, rules);
}

/** Literal addresses are looked up by nobody: they are judged before anything is connected. */
export function refuseLiteral(url: URL, rules: readonly AllowRule[]): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayCall({ host, port: portOf(url), address: host }, rules)) throw refused();
}

export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function refused(): CallError {
  return new CallError('request/private-address', 'the address is a private one, and OUTBOUND_ALLOW does not name it');
}
