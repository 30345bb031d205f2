// All cost rows of a period as a file, newest day first, amounts as decimal numbers.
import { z } from 'zod';
import type { Cell } from '../../platform/exports/table-file-contract.ts';
import type { ExportTable } from '../../platform/exports/table-routes.ts';
import { minorDigits } from '../../platform/money/money.ts';
import type { Db } from './tables.ts';

const HEAD = [
  'day',
  'site',
  'feed',
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'page',
  'channel',
  'currency',
  'amount',
  'vat',
  'clicks',
  'impressions',
] as const;
const PAGE = 5000;
const asked = z.object({ from: z.iso.date(), to: z.iso.date() });

export const costTable = (db: Db): ExportTable => ({
  name: 'costs',
  permission: 'costs:read',
  async open(workspace, query) {
    const { from, to } = asked.parse(query);
    async function* rows(): AsyncGenerator<Cell[]> {
      let last: { day: string; id: string } | undefined;
      for (;;) {
        const page = await db
          .selectFrom('cost')
          .innerJoin('site', 'site.id', 'cost.site')
          .selectAll('cost')
          .select('site.host')
          .where('cost.workspace', '=', workspace)
          .where('day', '>=', from)
          .where('day', '<', to)
          .$if(last !== undefined, (q) =>
            q.where((eb) =>
              eb.or([eb('day', '<', last!.day), eb.and([eb('day', '=', last!.day), eb('cost.id', '>', last!.id)])]),
            ),
          )
          .orderBy('day', 'desc')
          .orderBy('cost.id')
          .limit(PAGE)
          .execute();
        for (const { host, ...row } of page) {
          const unit = 10 ** minorDigits(row.currency);
          yield HEAD.map((name) =>
            name === 'site' ? host : name === 'amount' || name === 'vat' ? row[name] / unit : row[name],
          );
        }
        last = page.at(-1);
        if (page.length < PAGE) return;
      }
    }
    return { name: `costs-${from}-${to}`, head: HEAD, rows: rows() };
  },
});
