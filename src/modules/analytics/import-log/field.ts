// Text of a log field: servers write quotes, backslashes and bytes outside ASCII as \" \\ \x22, and the text itself may be any bytes.

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, v: 11 };

/** Decodes bytes start…end, at most `most` of them; what is not UTF-8 shows as U+FFFD. */
export function fieldText(bytes: Buffer, start: number, end: number, most: number): string {
  const to = Math.min(end, start + most);
  const backslash = bytes.subarray(start, to).indexOf(92);
  if (backslash < 0) return bytes.toString('utf8', start, to);
  const out = Buffer.allocUnsafe(to - start);
  let length = 0;
  for (let at = start; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== 92 || at + 1 >= to) {
      out[length++] = byte;
      continue;
    }
    const letter = String.fromCharCode(bytes[at + 1] ?? 0);
    const code = letter === 'x' && at + 3 < to ? hexByte(bytes, at + 2) : -1;
    if (code >= 0) {
      out[length++] = code;
      at += 3;
    } else {
      out[length++] = ESCAPES[letter] ?? bytes[at + 1] ?? 0;
      at++;
    }
  }
  return out.toString('utf8', 0, length);
}

function hexByte(bytes: Buffer, at: number): number {
  const text = bytes.toString('latin1', at, at + 2);
  return /^[\da-f]{2}$/i.test(text) ? Number.parseInt(text, 16) : -1;
}
