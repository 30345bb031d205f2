// A source of rates without a bank, for trying things out: the same days and shapes, made-up figures.
import { z } from 'zod';
import { defineProvider } from '../define.ts';
import { daysOf, type RatesSource } from './source.ts';

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());

export const fakeRates = defineProvider({
  id: 'fake-rates',
  kind: 'exchange-rates',
  title: 'Made-up rates',
  settings: z.object({}),
  open: (): RatesSource => ({
    fetchRates: async (range) =>
      [...daysOf(range)]
        .filter((day) => !isWeekend(day))
        .map((date) => ({ date, base: 'EUR', quote: 'USD', rate: `1.${1000 + new Date(date).getUTCDate()}` })),
  }),
  test: async () => ({ ok: true, said: '1 rates' }),
});
