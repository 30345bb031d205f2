// The rules of sales written plainly, to be compared with the SQL that production uses. Nothing but the property test
// (visits.itest.ts) runs it.
import { LAST_VISIT_DAYS } from './sales-sql.ts';
import type { ReferenceEvent, ReferenceVisit } from './visits-reference.ts';

export interface ReferenceSale {
  id: string;
  revenue: number;
  channel: string;
  visitStart: number;
  visitor: string;
}

const isMoney = (e: ReferenceEvent): boolean =>
  (e.kind === 'view' || e.kind === 'event') && (e.revenue !== 0 || e.name === 'purchase' || e.name === 'refund');

/** Browser before server, then the earlier, then the smaller id. */
const before = (a: ReferenceEvent, b: ReferenceEvent): number =>
  Number(a.told) - Number(b.told) || a.at - b.at || (a.id < b.id ? -1 : 1);

export function referenceSales(events: readonly ReferenceEvent[], visits: readonly ReferenceVisit[]): ReferenceSale[] {
  const money = events.filter(isMoney);
  const purchaseOf = (order: string): ReferenceEvent | undefined =>
    order === '' ? undefined : money.filter((e) => e.name === 'purchase' && e.order === order).sort(before)[0];
  const near = (sale: ReferenceEvent): ReferenceVisit | undefined =>
    visits
      .filter((visit) => visit.ids.includes(sale.visitor) && visit.start <= sale.at)
      .sort((a, b) => b.start - a.start)
      .filter((visit, i) => i === 0 && sale.at - visit.start <= LAST_VISIT_DAYS * 86_400_000)[0];
  const counted = money.filter((e) => e.name !== 'purchase' || e.order === '' || purchaseOf(e.order) === e);
  return counted
    .map((sale) => {
      const purchase = purchaseOf(sale.order);
      const ordered = purchase && near(purchase);
      const visit = (sale.name === 'refund' ? ordered : undefined) ?? near(sale) ?? ordered;
      const whole = sale.name === 'refund' && sale.order !== '' && sale.revenue === 0;
      return {
        id: sale.id,
        revenue: whole ? -(purchase?.revenue ?? 0) || 0 : sale.revenue,
        channel: visit?.channel ?? 'Unassigned',
        visitStart: visit?.start ?? 0,
        visitor: String((sale.name === 'refund' ? purchase?.visitor : undefined) ?? sale.visitor),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
