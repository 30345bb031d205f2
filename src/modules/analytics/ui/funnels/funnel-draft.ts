// A funnel while it is built: steps whose conditions have forms, kept as they are where the builder has none.
import type { FunnelDefinition } from '../../funnels/contract.ts';
import type { Act } from '../../report/filter-contract.ts';
import { actOf, type DraftAct, draftAct } from '../segments/draft.ts';

export const UNITS = ['minutes', 'hours', 'days'] as const;
export type WindowUnit = (typeof UNITS)[number];
const MINUTES: Record<WindowUnit, number> = { minutes: 1, hours: 60, days: 1440 };

export interface DraftStep {
  id: string;
  name: string;
  act: DraftAct;
  /** a condition written over the API that the form can't show */
  kept: Act | null;
  /** a saved goal instead of a condition */
  goal: string | null;
}
export interface FunnelDraft {
  steps: DraftStep[];
  order: FunnelDefinition['order'];
  by: FunnelDefinition['by'];
  window: { n: number; unit: WindowUnit };
}

let last = 0;
export const newStep = (what: DraftAct['what'] = 'view'): DraftStep => ({
  id: `f${++last}`,
  name: '',
  act: { what, rows: [{ property: what === 'event' ? 'event' : 'page', operator: 'is', values: [] }] },
  kept: null,
  goal: null,
});

export const emptyFunnel = (): FunnelDraft => ({
  steps: [newStep('view'), newStep('event')],
  order: 'ordered',
  by: 'visitor',
  window: { n: 7, unit: 'days' },
});

export function toDefinition(draft: FunnelDraft): FunnelDefinition {
  const { order, by, window } = draft;
  const steps = draft.steps.map(({ name, act, kept, goal }) => ({
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(goal === null ? { act: kept ?? actOf(act) } : { goal }),
  }));
  return { version: 1, steps, order, by, minutes: window.n * MINUTES[window.unit] };
}

export function toFunnelDraft({ steps, order, by, minutes }: FunnelDefinition): FunnelDraft {
  const unit = [...UNITS].reverse().find((one) => minutes % MINUTES[one] === 0) ?? 'minutes';
  return {
    order,
    by,
    window: { n: minutes / MINUTES[unit], unit },
    steps: steps.map((step): DraftStep => {
      const empty = { ...newStep(), name: step.name ?? '' };
      if ('goal' in step) return { ...empty, goal: step.goal };
      const act = draftAct(step.act);
      return act ? { ...empty, act } : { ...empty, kept: step.act };
    }),
  };
}

/** A definition someone passed in the address; null when it makes no sense. */
export function readDraft(raw: unknown): FunnelDraft | null {
  try {
    const given = raw as FunnelDefinition;
    return Array.isArray(given?.steps) ? toFunnelDraft({ ...given, version: 1 }) : null;
  } catch {
    return null;
  }
}
