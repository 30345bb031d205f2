// Amounts, days, currencies and columns as people's files have them.
import { expect, test } from 'vitest';
import { plainHeader } from '../mapping.ts';
import { currencyIn, detectCurrency, sameSign } from './currency.ts';
import { detectDateOrder, readDate } from './dates.ts';
import { detectDelimiter } from './delimiter.ts';
import { detectDecimal, readNumber } from './numbers.ts';

test.each([
  ['1 234,56 ₽', ',', '1234.56'],
  ['1\u00A0234,5 руб.', ',', '1234.5'],
  ['12\u202F345,00', ',', '12345.00'],
  ['1.234.567,89 €', ',', '1234567.89'],
  ['$1,234.56', '.', '1234.56'],
  ['-$12.50', '.', '-12.50'],
  ['$-12.50', '.', '-12.50'],
  ['(12.50)', '.', '-12.50'],
  ['12.50-', '.', '-12.50'],
  ['−7', '.', '-7'],
  ["1'234.50 CHF", '.', '1234.50'],
  ['12,34,567.8', '.', '1234567.8'],
  ['USD 5', '.', '5'],
  ['0,5', ',', '0.5'],
  [',5', ',', '0.5'],
  ['007', '.', '7'],
  ['-0', '.', '0'],
] as const)('%s is a number', (text, decimal, plain) => expect(readNumber(text, decimal)).toBe(plain));

test.each([
  ['12,34', '.'],
  ['1.5', ','],
  ['1,2,3', '.'],
  ['abc', '.'],
  ['', '.'],
  ['—', '.'],
  ['1.2.3', '.'],
  ['10 20 x 5', '.'],
] as const)('%s by %s is no number, and is not made one', (text, decimal) =>
  expect(readNumber(text, decimal)).toBeNull(),
);

test('the decimal sign is told by amounts that can be read in one way only', () => {
  expect(detectDecimal(['1 200,50', '3', '17,1'])).toEqual({ decimal: ',', ambiguous: false });
  expect(detectDecimal(['1,200.50', '3'])).toEqual({ decimal: '.', ambiguous: false });
  expect(detectDecimal(['1,234,567'])).toEqual({ decimal: '.', ambiguous: false });
  expect(detectDecimal(['0,125'])).toEqual({ decimal: ',', ambiguous: false });
  expect(detectDecimal(['1,234', '2,500'])).toEqual({ decimal: '.', ambiguous: true });
  expect(detectDecimal(['1', '2'])).toBeNull();
});

test.each([
  ['2026-11-24', 'dmy', '2026-11-24'],
  ['2026-11-24T23:10:00Z', 'mdy', '2026-11-24'],
  ['2026/1/5', 'ymd', '2026-01-05'],
  ['24.11.2026', 'dmy', '2026-11-24'],
  ['24.11.26', 'dmy', '2026-11-24'],
  ['11/24/2026', 'mdy', '2026-11-24'],
  ['03/04/2026', 'dmy', '2026-04-03'],
  ['03/04/2026', 'mdy', '2026-03-04'],
  ['03/04/2026 12:30', 'mdy', '2026-03-04'],
  ['20261124', 'dmy', '2026-11-24'],
  ['24 ноября 2026 г.', 'dmy', '2026-11-24'],
  ['1 мая 2026', 'dmy', '2026-05-01'],
  ['Nov 24, 2026', 'dmy', '2026-11-24'],
  ['24-Nov-26', 'dmy', '2026-11-24'],
  ['Tue, 24 Nov 2026', 'dmy', '2026-11-24'],
] as const)('%s read as %s is a day', (text, order, day) => expect(readDate(text, order)).toBe(day));

test.each(['31.02.2026', '29.02.2026', '32.01.2026', 'yesterday', '', '2026', '12.5', '24.13.2026'])(
  '%s is no day',
  (text) => expect(readDate(text, 'dmy')).toBeNull(),
);

test('29 February is a day of a leap year', () => expect(readDate('29.02.2028', 'dmy')).toBe('2028-02-29'));

test('one day after the twelfth tells day and month of a whole column apart', () => {
  expect(detectDateOrder(['03/04/2026', '13/04/2026'])).toEqual({ order: 'dmy', ambiguous: false });
  expect(detectDateOrder(['03/04/2026', '04/13/2026'])).toEqual({ order: 'mdy', ambiguous: false });
  expect(detectDateOrder(['2026-04-03'])).toEqual({ order: 'ymd', ambiguous: false });
});
test('where both can be meant, a person is asked; with full stops the day comes first', () => {
  expect(detectDateOrder(['03/04/2026', '03/05/2026', '03/06/2026'])).toEqual({ order: 'mdy', ambiguous: true });
  expect(detectDateOrder(['03.04.2026', '04.04.2026'])).toEqual({ order: 'dmy', ambiguous: false });
  expect(detectDateOrder(['05/05/2026'])).toMatchObject({ ambiguous: false });
  expect(detectDateOrder(['a', 'b', '03/04/2026'])).toBeNull();
});

test.each([
  ['Расход, ₽', 'RUB'],
  ['Стоимость (руб.)', 'RUB'],
  ['1 200 р.', 'RUB'],
  ['Cost (USD)', 'USD'],
  ['$12', 'USD'],
  ['Spend €', 'EUR'],
  ['12 zł', 'PLN'],
  ['RUR', 'RUB'],
  ['5 000 ₸', 'KZT'],
])('%s names %s', (text, code) => expect(currencyIn(text)).toBe(code));
test('words are no currencies', () => {
  for (const text of ['Cost', 'Продажи', 'всего']) expect(currencyIn(text), text).toBeUndefined();
  expect(detectCurrency(['1,5', '2', '(3)'])).toBeUndefined();
  expect(sameSign('USD', 'AUD')).toBe(true);
  expect(sameSign('EUR', 'RUB')).toBe(false);
});

test('the delimiter is what parts most lines alike, quotes and decimal commas notwithstanding', () => {
  expect(detectDelimiter('a;b;c\n1,5;2,5;3\n1,7;2,6;4\n', true)).toBe(';');
  expect(detectDelimiter('day,cost\n2026-01-01,"1,5"\n2026-01-02,"2,5"\n', true)).toBe(',');
  expect(detectDelimiter('day\tcost, rub\n2026-01-01\t1,5\n', true)).toBe('\t');
  expect(detectDelimiter('a|b\n1|2\n', true)).toBe('|');
  expect(detectDelimiter('sep=;\r\na;b,c,d\r\n', true)).toBe(';');
  expect(detectDelimiter('just one column\nof words\n', true)).toBe(',');
});

test('a name of a column is known without its unit', () => {
  expect(plainHeader('Расход, ₽ (с НДС)')).toBe('расход');
  expect(plainHeader('Cost (USD)')).toBe('cost');
  expect(plainHeader('utm_campaign')).toBe('utm campaign');
});
