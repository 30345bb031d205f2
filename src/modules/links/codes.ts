// Codes of short addresses: short enough to type from a poster, too many to guess.
import { randomBytes } from 'node:crypto';

/** Without 0, O, 1, l, I, which people take for one another. */
const LETTERS = '23456789abcdefghijkmnpqrstuvwxyz';
const LENGTH = 7;

/** 32 to the power of 7: 34 thousand million codes. */
export const newCode = (): string => [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
