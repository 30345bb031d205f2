// Hides who a log line is about before the line is kept or shown: an address of a visitor is never stored, not even in a line
// that could not be read.

const IPV4 = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/g;
const IPV6 =
  /(?<![\w:/])(?:(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?|::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*))(?![\w:])/gi;
const EMAIL = /[\w.+-]+@([\w-]+\.)+[\w-]+/g;
/** A resolved client name often spells the address: dsl-83-149-9-216.provider.net. */
const NAME = /^(\s*(?:\S+:\d+\s+)?)([\w-]+(?:\.[\w-]+)*)\.([\w-]+\.[a-z][\w-]*)(?=\s)/i;
const LONGEST = 500;

/** At most 500 characters of the line, control characters shown as dots, addresses and mailboxes masked. */
export function maskLine(line: Uint8Array | string): string {
  const text = typeof line === 'string' ? line : decode(line);
  // masking comes before the cut, so that half an address can't slip through
  const masked = text
    .slice(0, LONGEST * 4)
    .replace(EMAIL, (mail) => `…${mail.slice(mail.lastIndexOf('@'))}`)
    .replace(NAME, '$1….$3')
    .replace(IPV4, '$1.$2.x.x')
    .replace(IPV6, (address) => `${address.split(':')[0]}:x:x`);
  const clean = masked.replace(CONTROL, '·');
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/g;

function decode(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, LONGEST * 4)).toString('utf8');
}
