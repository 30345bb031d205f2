// Amounts as people and programs write them: 1 234,56 ₽ · $1,234.56 · 1.234,56 · (12.50) · 1234.
import type { Decimal } from '../settings-contract.ts';

const SPACES = /[\s\u00A0\u2007\u202F'’`]/g;
const SIGNED = /^[-−–]/;

/** What stands around the figures: signs and letters of a currency, percent. */
const AROUND = /^(?:[A-Za-zА-яё]+\.|[^\d.,(\-−–+])+|(?:[A-Za-zА-яё]+\.|[^\d.,)\-−–])+$/g;
const LONGEST = 60;

/** A plain decimal like -1234.5 of the text, or null when it is no number by this decimal sign. */
export function readNumber(text: string, decimal: Decimal): string | null {
  if (text.length > LONGEST) return null;
  let rest = text.replace(SPACES, '').replace(AROUND, '');
  let negative = false;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true;
    rest = rest.slice(1, -1);
  } else if (/[-−–]$/.test(rest)) {
    negative = true;
    rest = rest.slice(0, -1);
  }
  if (SIGNED.test(rest)) {
    negative = !negative;
    rest = rest.slice(1);
  } else if (rest.startsWith('+')) rest = rest.slice(1);
  // -$12.50 and -12.50 р. (whose full stop was left)
  rest = rest.replace(AROUND, '').replace(/(?<=\d)[.,]$/, '');
  const group = decimal === '.' ? ',' : '.';
  const [whole = '', fraction, ...more] = rest.split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  if (whole.includes(group) && !new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole) && !indian(whole, group))
    return null;
  const digits = whole.replaceAll(group, '');
  if (!/^\d*$/.test(digits) || (digits === '' && fraction === undefined)) return null;
  const plain = `${digits.replace(/^0+(?=\d)/, '') || '0'}${fraction ? `.${fraction}` : ''}`;
  return negative && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

const indian = (whole: string, group: string): boolean => group === ',' && /^\d{1,2}(,\d{2})+,\d{3}$/.test(whole);

export interface DetectedDecimal {
  decimal: Decimal;
  /** only figures like 1,234 speak for it, which may be either: a person should look */
  ambiguous: boolean;
}

/** Which sign the cells speak for; null when none does. */
export function detectDecimal(cells: readonly string[]): DetectedDecimal | null {
  const sure = { ',': 0, '.': 0 };
  const grouped = { ',': 0, '.': 0 };
  for (const cell of cells) {
    if (cell.length > LONGEST) continue;
    const text = cell.replace(SPACES, '').replace(AROUND, '').replace(/[()]/g, '');
    if (!/^[-−–+]?\d[\d.,]*$/.test(text)) continue;
    const signs = text.replace(/[^.,]/g, '');
    const last = signs.at(-1) as Decimal | undefined;
    if (last === undefined) continue;
    const other = last === ',' ? '.' : ',';
    const behind = text.length - text.lastIndexOf(last) - 1;
    if (signs.includes(other)) sure[last]++;
    else if (signs.length > 1) sure[other]++;
    else if (behind === 3 && /^[-−–+]?[1-9]\d{0,2}[.,]/.test(text)) grouped[last]++;
    else sure[last]++;
  }
  if (sure[','] !== sure['.']) return { decimal: sure[','] > sure['.'] ? ',' : '.', ambiguous: false };
  if (grouped[','] === grouped['.']) return null;
  // three figures behind a sign: thousands are parted so more often than thousandths are told
  return { decimal: grouped[','] > grouped['.'] ? '.' : ',', ambiguous: true };
}
