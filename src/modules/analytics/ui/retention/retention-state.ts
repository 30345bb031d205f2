// What the screen of retention asks, kept in the address bar.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { FUNNEL_BREAKDOWNS, type FunnelBreakdown } from '../../funnels/contract.ts';
import { type Occasion, RETENTION_UNITS, type RetentionUnit } from '../../retention/contract.ts';

/** How a cell of revenue is told. */
export const SHOWS = ['person', 'buyer', 'total'] as const;
export type Show = (typeof SHOWS)[number];

export interface RetentionState {
  unit: RetentionUnit;
  /** `visit`, `event:NAME` or `goal:ID` */
  first: string;
  back: string;
  people: 'recognised' | 'all';
  count: 'people' | 'revenue';
  show: Show;
  by: FunnelBreakdown | undefined;
}

const text = (raw: unknown): string =>
  typeof raw === 'string' && /^(visit$|event:.|goal:.)/.test(raw) ? raw : 'visit';

export function useRetentionState(): [RetentionState, (change: Partial<RetentionState>) => void] {
  const [address, set] = useAddress();
  const state = useMemo<RetentionState>(
    () => ({
      unit: RETENTION_UNITS.find((one) => one === address.unit) ?? 'week',
      first: text(address.first),
      back: text(address.back),
      people: address.people === 'all' ? 'all' : 'recognised',
      count: address.count === 'revenue' ? 'revenue' : 'people',
      show: SHOWS.find((one) => one === address.show) ?? 'person',
      by: FUNNEL_BREAKDOWNS.find((one) => one === address.by),
    }),
    [address],
  );
  return [state, (change) => set({ ...change })];
}

function occasionOf(said: string): Occasion {
  if (said.startsWith('goal:')) return { goal: said.slice(5) };
  if (!said.startsWith('event:')) return 'visit';
  return { did: { what: 'event', where: { property: 'event', is: 'equals', value: said.slice(6) } } };
}

export const questionOf = ({ unit, first, back, people, count, by }: RetentionState) => ({
  unit,
  first: occasionOf(first),
  back: occasionOf(back),
  people,
  count,
  ...(by ? { breakdown: by } : {}),
});

/** A cohort by its first date: “23 Nov”, “November 2026”. */
export function useCohortName(): (start: string, unit: RetentionUnit) => string {
  const { i18n } = useTranslation();
  return (start, unit) => {
    const year = start.startsWith(String(new Date().getFullYear())) ? {} : { year: '2-digit' as const };
    return unit === 'month'
      ? formatDate(start, i18n.language, { month: 'short', year: 'numeric', timeZone: 'UTC' })
      : formatDate(start, i18n.language, { day: 'numeric', month: 'short', ...year, timeZone: 'UTC' });
  };
}

/** A figure of a cell or of the average: a share of people, or money with its cents. */
export function useCellWords(state: RetentionState): (value: number | null) => string {
  const { i18n } = useTranslation();
  const { workspace } = useWorkspace();
  return (value) => formatValue(value, state.count === 'people' ? 'share' : 'money', i18n.language, workspace.currency);
}
