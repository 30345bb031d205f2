// Rates of the European Central Bank, from its own files.
import { z } from 'zod';
import { parseEcb } from '../../money/rates-sources/ecb.ts';
import { defineProvider, destination } from '../define.ts';
import { answered, tested } from './answer.ts';
import { type RatesSource, within } from './source.ts';

const FOLDER = '/stats/eurofxref/';
const RECENT_DAYS = 85;

export const ecb = defineProvider({
  id: 'ecb',
  kind: 'exchange-rates',
  title: 'European Central Bank',
  settings: z.object({
    address: destination(z.url({ protocol: /^https?$/ }).default('https://www.ecb.europa.eu')),
  }),
  open: ({ outbound, caller }, { address }): RatesSource => ({
    async fetchRates(range) {
      const recent = Date.now() - Date.parse(range.from) < RECENT_DAYS * 86_400_000;
      const file = recent ? 'eurofxref-hist-90d.xml' : 'eurofxref-hist.xml';
      // the whole history is about 8 MB
      const limits = { size: 40 * 1024 * 1024, totalMs: 120_000 };
      const answer = await outbound.fetch(caller, new URL(FOLDER + file, address).href, { limits });
      return within(parseEcb(answered(answer).toString('utf8')), range);
    },
  }),
  test: ({ outbound, caller }, { address }) =>
    tested(async () => {
      const answer = await outbound.fetch(caller, new URL(`${FOLDER}eurofxref-daily.xml`, address).href);
      return parseEcb(answered(answer).toString('utf8'));
    }),
});
