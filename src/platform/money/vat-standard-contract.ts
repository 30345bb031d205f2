// Standard VAT rates by country and the day they began, as a proposal: a company keeps its own list and checks it. They were
// not compared with an official list (docs/limits.md). Browser-safe.
export const STANDARD_VAT: Readonly<Record<string, readonly (readonly [fromDay: string, percent: number])[]>> = {
  AT: [['1984-01-01', 20]],
  BE: [['1996-01-01', 21]],
  BY: [['2010-01-01', 20]],
  CH: [
    ['2018-01-01', 7.7],
    ['2024-01-01', 8.1],
  ],
  CZ: [['2013-01-01', 21]],
  DE: [
    ['2007-01-01', 19],
    ['2020-07-01', 16],
    ['2021-01-01', 19],
  ],
  EE: [
    ['2009-07-01', 20],
    ['2024-01-01', 22],
    ['2025-07-01', 24],
  ],
  ES: [['2012-09-01', 21]],
  FI: [
    ['2013-01-01', 24],
    ['2024-09-01', 25.5],
  ],
  FR: [['2014-01-01', 20]],
  GB: [['2011-01-04', 20]],
  IT: [['2013-10-01', 22]],
  LT: [['2009-09-01', 21]],
  LV: [['2012-07-01', 21]],
  NL: [['2012-10-01', 21]],
  PL: [['2011-01-01', 23]],
  PT: [['2011-01-01', 23]],
  RU: [
    ['2004-01-01', 18],
    ['2019-01-01', 20],
    ['2026-01-01', 22],
  ],
  SE: [['1990-07-01', 25]],
};

/** The country to suggest: what the legal profile says, else what the time zone does. */
export function likelyCountry(of: { legalProfile: string; timeZone: string }): string | null {
  if (of.legalProfile === 'russia') return 'RU';
  const byZone: Record<string, string> = {
    'Europe/Berlin': 'DE',
    'Europe/Paris': 'FR',
    'Europe/Vienna': 'AT',
    'Europe/Madrid': 'ES',
    'Europe/Rome': 'IT',
    'Europe/Warsaw': 'PL',
    'Europe/Amsterdam': 'NL',
    'Europe/London': 'GB',
    'Europe/Zurich': 'CH',
    'Europe/Helsinki': 'FI',
    'Europe/Tallinn': 'EE',
    'Europe/Riga': 'LV',
    'Europe/Vilnius': 'LT',
    'Europe/Prague': 'CZ',
    'Europe/Lisbon': 'PT',
    'Europe/Brussels': 'BE',
    'Europe/Stockholm': 'SE',
    'Europe/Minsk': 'BY',
    'Europe/Moscow': 'RU',
  };
  return byZone[of.timeZone] ?? null;
}
