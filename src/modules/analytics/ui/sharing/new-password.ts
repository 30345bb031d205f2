// A password that can be read aloud: 12 letters and digits that nobody takes for one another, 60 bits.
const LETTERS = '23456789abcdefghijkmnpqrstuvwxyz';
const LENGTH = 12;

/** In threes of four: k7pq-3mzx-w9ah. */
export const newPassword = (): string =>
  [...crypto.getRandomValues(new Uint8Array(LENGTH))]
    .map((byte, index) => (index > 0 && index % 4 === 0 ? '-' : '') + LETTERS[byte % LETTERS.length])
    .join('');
