// In which alphabet the bytes of a text stand: by its mark, by its zeros, by being right UTF-8, else by its letters.
import type { Encoding } from '../settings-contract.ts';

/** `head` is the beginning of the file; when it is not the whole, its last character may be cut. */
export function detectEncoding(head: Buffer): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const wide = wideOf(head);
  if (wide) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return byLetters(head);
  }
}

/** UTF-16 without its mark: spaces, figures and line ends have a zero on one side. */
function wideOf(head: Buffer): Encoding | undefined {
  let low = 0;
  let high = 0;
  const length = head.length - (head.length % 2);
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0 && head[i + 1] !== 0) high++;
    else if (head[i + 1] === 0 && head[i] !== 0) low++;
  }
  const half = length / 2;
  if (low > half * 0.1 && high < low / 20) return 'utf-16le';
  if (high > half * 0.1 && low < high / 20) return 'utf-16be';
  return undefined;
}

const WORDS = /[А-ЯЁа-яё]{3,}/g;
/** Russian has far more of these than any other Cyrillic text made by reading in the wrong alphabet. */
const FREQUENT = /[оеаинтсрвлкд]/g;

function byLetters(head: Buffer): Encoding {
  let best: Encoding = 'windows-1252';
  let most = 0;
  for (const encoding of ['windows-1251', 'koi8-r', 'ibm866'] as const) {
    const text = new TextDecoder(encoding).decode(head);
    const words = (text.match(WORDS) ?? []).join(' ');
    const frequent = (words.match(FREQUENT) ?? []).length;
    // a capital within a word or a line of a table within text speaks against
    const odd = (words.match(/[а-яё][А-ЯЁ]/g) ?? []).length + (text.match(/[─-▟]/g) ?? []).length;
    const score = frequent - 4 * odd;
    if (score > most) {
      most = score;
      best = encoding;
    }
  }
  return best;
}
