// Letters as Latin ones, as names in addresses, tags and other services need them. Browser-safe.
const CYRILLIC =
  'а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sch ъ _ ы y ь _ э e ю yu я ya'.split(
    ' ',
  );
const LATIN = new Map(
  CYRILLIC.flatMap((letter, index) => (index % 2 ? [] : [[letter, CYRILLIC[index + 1]!.replace('_', '')]])) as [
    string,
    string,
  ][],
);
/** Cyrillic by the habit of the Russian web (щ sch, ю yu), accents dropped; what it doesn't know stays. */
export const transliterate = (text: string): string =>
  [...text]
    .map((letter) => {
      const lower = LATIN.get(letter.toLowerCase());
      if (lower === undefined) return letter;
      return letter === letter.toLowerCase() ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join('')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '');
