// A report as a file with all its rows: asked page by page, so that a long one is never held whole.

import type { Cell } from '../../../platform/exports/table-file-contract.ts';
import type { ExportTable } from '../../../platform/exports/table-routes.ts';
import { reportQuery } from '../contract.ts';
import type { Reports } from './report.ts';

const PAGE = 10_000;
const MOST = 1_000_000;

export const reportTable = (reports: Reports): ExportTable => ({
  name: 'report',
  permission: 'analytics:read',
  async open(workspace, { query = '{}' }) {
    const asked = reportQuery.parse(JSON.parse(query));
    const columns = [...asked.dimensions, ...asked.measures];
    // the first page now: what is wrong with the query is told before the file begins
    let page = await reports.run(workspace, { ...asked, limit: PAGE, offset: 0 });
    async function* rows(): AsyncGenerator<Cell[]> {
      for (let offset = 0; ; ) {
        for (const row of page.rows) yield columns.map((id) => row[id]);
        offset += PAGE;
        if (page.rows.length < PAGE || offset >= MOST) return;
        page = await reports.run(workspace, { ...asked, limit: PAGE, offset });
      }
    }
    const name = `${asked.dimensions.join('-').replaceAll(/[^\w-]/g, '_') || 'totals'}-${asked.period[0]}-${asked.period[1]}`;
    return { name, head: columns, rows: rows() };
  },
});
