// A visitor's own code: short enough to be read out on the phone, always the same for the same visitor, and told by nothing but the
// installation's secret.
import { createHmac } from 'node:crypto';

/** Without 0, 1, I, L, O, U, which are misheard or misread. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 6;

/** 30 to the power of 6: 729 million; among a hundred thousand visitors one code in seven thousand is another's too, and the newest counts. */
export function codeOf(secret: string, site: string, visitor: bigint): string {
  const bytes = createHmac('sha256', secret).update(`contact ${site} ${visitor}`).digest();
  let rest = bytes.readBigUInt64BE(0);
  let code = '';
  for (let i = 0; i < LENGTH; i++) {
    code += LETTERS[Number(rest % BigInt(LETTERS.length))];
    rest /= BigInt(LETTERS.length);
  }
  return code;
}

/** A code as someone heard or typed it: spaces, hyphens and case don't matter. */
export const readCode = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
