// Rates of the Central Bank of Russia: one file a day.
import { z } from 'zod';
import { parseCbr } from '../../money/rates-sources/cbr.ts';
import type { Rate } from '../../money/rates-sources/rate.ts';
import { type CallContext, defineProvider, destination } from '../define.ts';
import { answered, tested } from './answer.ts';
import { daysOf, type RatesSource, within } from './source.ts';

/** Friendly to a small service of a bank. */
const PACE = { perSecond: 4 };

async function ofDay({ outbound, caller }: CallContext, address: string, day: string): Promise<Rate[]> {
  const [year, month, date] = day.split('-');
  const url = new URL('/scripts/XML_daily.asp', address);
  url.searchParams.set('date_req', `${date}/${month}/${year}`);
  const answer = await outbound.fetch(caller, url.href, { limits: PACE });
  return parseCbr(answered(answer));
}

export const cbr = defineProvider({
  id: 'cbr',
  kind: 'exchange-rates',
  title: 'Central Bank of Russia',
  settings: z.object({ address: destination(z.url({ protocol: /^https?$/ }).default('https://www.cbr.ru')) }),
  open: (context, { address }): RatesSource => ({
    async fetchRates(range) {
      // on a day without a rate of its own the bank answers with the file of the day before
      const found = new Map<string, Rate>();
      for (const day of daysOf(range))
        for (const rate of await ofDay(context, address, day)) found.set(`${rate.date} ${rate.base}`, rate);
      return within([...found.values()], range);
    },
  }),
  test: (context, { address }) => tested(() => ofDay(context, address, new Date().toISOString().slice(0, 10))),
});
