// Which addresses a call out may reach: public ones, and those an administrator has allowed by TRADEWIND_ALLOW_HOSTS.
import { BlockList, isIP } from 'node:net';

/** Not for the public internet, by the IANA registries of special-purpose addresses; multicast and reserved ones too. */
const CLOSED_4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // answers with a machine's metadata in one cloud though it looks public
  ['168.63.129.16', 32],
];
/** Of the one global range of IPv6; all that lies outside 2000::/3 is closed, so mapped IPv4, NAT64, link- and unique-local are. */
const CLOSED_6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [net, bits] of CLOSED_4) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of CLOSED_6) closed.addSubnet(net, bits, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  // an address with a zone (fe80::1%eth0) is never a global one
  if (family === 6) return !address.includes('%') && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
  return false;
}

export interface AllowList {
  /** the host is named by the administrator: whatever it resolves to is meant */
  host(host: string): boolean;
  address(address: string): boolean;
}

/** `shop.internal, 10.1.2.0/24, fd00::/8`. Throws a sentence for a person. */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const nets = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    if (family === 0) {
      if (bits !== undefined || !/^[\p{L}\p{N}_.-]+$/u.test(entry))
        throw new Error(`"${entry}" is neither a host name nor an address or a network like 10.1.2.0/24`);
      hosts.add(entry.toLowerCase());
      continue;
    }
    const most = family === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    if (!Number.isInteger(length) || length < 0 || length > most || bits === '')
      throw new Error(`"${entry}": a network of IPv${family} ends with /0 to /${most}`);
    nets.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    host: (host) => hosts.has(host.toLowerCase()),
    address: (address) => {
      const family = isIP(address);
      return family !== 0 && nets.check(address, family === 4 ? 'ipv4' : 'ipv6');
    },
  };
}
