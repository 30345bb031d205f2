// What the shop screen asks: orders and money by a report, buyers and steps by the shop's own answer, each with what it is compared to.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { ShopTable } from '../../shop/contract.ts';
import type { View } from '../view.ts';

const MEASURES = ['revenue', 'orders', 'averageOrder', 'itemsSold', 'refunds', 'margin', 'marginRate'] as const;

export function useShop(view: View) {
  const { workspace } = useWorkspace();
  const compared: [string, string] = [view.compared?.[0] ?? '', view.compared?.[1] ?? ''];
  const common = { workspace: workspace.id, ...view.scope };
  const before = { enabled: view.compared !== null, placeholderData: keepPreviousData };
  const now = { placeholderData: keepPreviousData };
  const measures = [...MEASURES];
  const report = useQuery(api.reports.run.queryOptions({ input: { ...common, measures }, ...now }));
  const reportBefore = useQuery(
    api.reports.run.queryOptions({ input: { ...common, period: compared, measures }, ...before }),
  );
  const summary = useQuery(api.shop.summary.queryOptions({ input: common, ...now }));
  const summaryBefore = useQuery(api.shop.summary.queryOptions({ input: { ...common, period: compared }, ...before }));
  // of a time before anything was counted nothing is known: that is not zero
  const knownFrom = summary.data?.trust.knownFrom;
  const unknown = view.compared === null || knownFrom == null || compared[1] <= knownFrom;
  return {
    report,
    summary,
    before: unknown ? undefined : { totals: reportBefore.data?.totals, summary: summaryBefore.data },
  };
}

export function useShopTable(view: View, table: ShopTable) {
  const { workspace } = useWorkspace();
  return useQuery(
    api.shop.table.queryOptions({
      input: { workspace: workspace.id, ...view.scope, table },
      placeholderData: keepPreviousData,
    }),
  );
}
