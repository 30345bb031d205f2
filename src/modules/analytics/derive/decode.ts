// Percent-decoding that never throws: old search engines and Russian sites still send
// windows-1251 and other charsets, and a broken escape must not lose the whole address.

const decoders = new Map<string, TextDecoder | null>();
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROL = /[\u0000-\u001f\u007f]+/g;

function decoder(charset: string): TextDecoder | null {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  let made: TextDecoder | null = null;
  try {
    made = new TextDecoder(charset === 'ms932' ? 'shift_jis' : charset, { fatal: true });
  } catch {
    made = null;
  }
  decoders.set(charset, made);
  return made;
}

function toBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const hex = text[i] === '%' ? text.slice(i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else {
      const code = text.codePointAt(i) ?? 32;
      if (code > 0xffff) i++;
      if (code < 128) bytes.push(code);
      else bytes.push(...Buffer.from(String.fromCodePoint(code)));
    }
  }
  return Uint8Array.from(bytes);
}

function tryDecode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return decoder(charset)?.decode(bytes);
  } catch {
    return undefined;
  }
}

// Bytes that are no UTF-8 are most often windows-1251 in our users' logs; the test is whether they
// read as Cyrillic letters rather than as symbols.
function guess(bytes: Uint8Array): string {
  const cyrillic = tryDecode(bytes, 'windows-1251') ?? '';
  const letters = cyrillic.match(/[а-яё]/gi)?.length ?? 0;
  let high = 0;
  for (const byte of bytes) if (byte > 127) high++;
  const mixed = /[a-z][а-яё]|[а-яё][a-z]/i.test(cyrillic) && !/[а-яё]{2}/i.test(cyrillic);
  if (letters > 0 && letters >= high * 0.8 && !mixed) return cyrillic;
  return tryDecode(bytes, 'windows-1252') ?? Buffer.from(bytes).toString('latin1');
}

/** Decodes %XX (UTF-8 first, then the charsets, then a guess) and legacy %uXXXX; control characters become spaces. */
export function decodeText(raw: string, charsets: readonly string[] = []): string {
  if (!raw.includes('%')) return raw.replace(CONTROL, ' ');
  const text = raw.includes('%u')
    ? raw.replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => {
        const unit = Number.parseInt(hex, 16);
        return unit === 0x25 ? '%25' : String.fromCharCode(unit);
      })
    : raw;
  try {
    return decodeURIComponent(text).replace(CONTROL, ' ');
  } catch {
    // falls through to the charsets
  }
  const bytes = toBytes(text);
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8.replace(CONTROL, ' ');
  for (const charset of charsets) {
    const decoded = tryDecode(bytes, charset);
    if (decoded !== undefined) return decoded.replace(CONTROL, ' ');
  }
  return guess(bytes).replace(CONTROL, ' ');
}

/** The value of a form-encoded parameter: "+" is a space, ends trimmed. */
export function decodeParam(raw: string, charsets: readonly string[] = []): string {
  return decodeText(raw.includes('+') ? raw.replaceAll('+', ' ') : raw, charsets).trim();
}

/** A path as a person reads it. Escaped separators stay escaped, so two different paths never become one. */
export function decodePath(raw: string): string {
  if (!raw.includes('%')) return raw.replace(CONTROL, '');
  try {
    return decodeURI(raw).replace(CONTROL, '');
  } catch {
    const kept = raw.replace(/%(2f|3f|23|25|26|3d|2b|3b|40|24|2c|3a)/gi, '%25$1');
    return decodeText(kept).replace(CONTROL, '');
  }
}
