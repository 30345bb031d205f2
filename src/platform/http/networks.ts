// Addresses and networks as people write them: '203.0.113.7', '203.0.113.0/24', '2001:db8::/32'.
import { BlockList, isIP } from 'node:net';

export interface Network {
  address: string;
  /** bits of the network's part */
  prefix: number;
  family: 'ipv4' | 'ipv6';
}

/** An IPv4 address in its IPv6 form is the same visitor. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

/** Null when it is neither an address nor a network. */
export function readNetwork(pattern: string): Network | null {
  const [given, bits, more] = pattern.trim().split('/');
  const address = plainAddress(given ?? '');
  const version = isIP(address);
  if (version === 0 || more !== undefined || address.includes('%')) return null;
  const longest = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (prefix < 0 || prefix > longest) return null;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/** Whether an address lies in one of the networks; what is no address lies in none. */
export function inNetworks(networks: readonly Network[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { address, prefix, family } of networks) list.addSubnet(address, prefix, family);
  return (given) => {
    const address = plainAddress(given);
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}
