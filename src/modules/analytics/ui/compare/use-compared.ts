// Which groups of visitors stand side by side, as the address bar keeps them, and the question each of them asks.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Filter, ReportQuery } from '../../contract.ts';
import type { ReadySegmentId } from '../../report/vocabulary.ts';
import { isReadySegment } from '../../segments/ready-contract.ts';
import { reportFilter } from '../filters.ts';
import type { View } from '../view.ts';

export const EVERYONE = 'all';
/** More columns than this nobody reads. */
export const MOST_GROUPS = 5;
const USUAL = [EVERYONE, 'new', 'returning'];

export interface ComparedGroup {
  id: string;
  name: string;
  /** null: everyone */
  segment: Filter | null;
  scope: Pick<ReportQuery, 'site' | 'filters'> & { period: [string, string] };
}

export function useCompared(view: View): { groups: ComparedGroup[]; choose: (ids: readonly string[]) => void } {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [address, setAddress] = useAddress();
  const saved = useQuery(api.segments.list.queryOptions({ input: { workspace: workspace.id }, staleTime: 60_000 }));
  const asked = Array.isArray(address.of) ? address.of.map(String) : USUAL;
  const ids = [...new Set(asked)].slice(0, MOST_GROUPS);
  const nameOf = (id: string): string => {
    if (id === EVERYONE) return t('compare.everyone');
    return isReadySegment(id)
      ? t(`segments.ready.${id}`)
      : (saved.data?.find((one) => one.id === id)?.name ?? (saved.data ? t('compare.gone') : '…'));
  };
  const { filters: _, ...scope } = view.scope;
  const groups = ids.map((id): ComparedGroup => {
    const segment = id === EVERYONE ? null : { segment: id as ReadySegmentId };
    const filters = reportFilter(view.filters, segment ? [segment] : []);
    return { id, name: nameOf(id), segment, scope: { ...scope, ...(filters ? { filters } : {}) } };
  });
  return { groups, choose: (next) => setAddress({ of: next.slice(0, MOST_GROUPS), differs: undefined }) };
}
