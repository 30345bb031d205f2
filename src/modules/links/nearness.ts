// How alike two words are: the number of slips of a finger between them (optimal string alignment: one letter more, less, other,
// or two exchanged), and whether one is the other typed on the wrong keyboard.

/** Slips between two words; more than `most` is answered as `most + 1`. */
export function slips(a: string, b: string, most = 3): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + other);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return Math.min(row[b.length]!, most + 1);
}

const RU = 'йцукенгшщзхъфывапролджэячсмитьбю.ё';
const EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`";
const onOther = new Map([...RU].flatMap((letter, index) => [[letter, EN[index]!]] as [string, string][]));

/** "пщщпду" is "google" typed with the Russian keyboard on. Other letters stay. */
export const onEnglishKeyboard = (text: string): string =>
  [...text.toLowerCase()].map((letter) => onOther.get(letter) ?? letter).join('');

/** Short words differ by little without being the same: one slip from four letters on, two from eight on. */
export const slipsAllowed = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Digits are no slips: "sale-2025" and "sale-2026" are two campaigns. */
const letters = (word: string): string => word.replace(/\d+/g, '#');
export const differByDigits = (a: string, b: string): boolean => a !== b && letters(a) === letters(b);

/** The word that was probably meant, the nearest first; undefined when none is near. */
export function nearest(word: string, among: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const typed = onEnglishKeyboard(lower);
  let best: string | undefined;
  let least = slipsAllowed(lower) + 1;
  for (const one of among) {
    const other = one.toLowerCase();
    if (other === typed && typed !== lower) return one;
    const distance = slips(lower, other);
    if (distance < least && !differByDigits(lower, other)) [best, least] = [one, distance];
  }
  return best;
}
