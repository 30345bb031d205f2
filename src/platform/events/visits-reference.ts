// The rules of visits written plainly, one visitor after another, to be compared with the SQL that production uses.
// Nothing but the property test (visits.itest.ts) runs it.
import { dayOf } from './row.ts';
import { ENGAGED_AFTER_MS, VISIT_GAP_MS } from './visits-sql.ts';

export interface ReferenceEvent {
  visitor: bigint;
  before: bigint;
  at: number;
  id: string;
  kind: 'view' | 'event' | 'signal' | 'asset';
  path: string;
  name: string;
  engagedMs: number;
  channel: string;
  /** told by a server, without a page */
  told: boolean;
  /** minor units */
  revenue: number;
  order: string;
}

export interface ReferenceVisit {
  day: number;
  visitor: bigint;
  /** all ids its visitor had during it */
  ids: bigint[];
  start: number;
  finish: number;
  views: number;
  events: number;
  bounce: number;
  engaged: number;
  durationMs: number;
  landing: string;
  exit: string;
  channel: string;
  names: string[];
  /** pages (v) and events (e) in order, of the same moment pages first; repeats that follow each other are one */
  acts: string[];
}

interface Run {
  visitor: bigint;
  events: ReferenceEvent[];
}

/** Ids are compared as ClickHouse compares UUIDs: by their bytes as written. */
const inOrder = (a: ReferenceEvent, b: ReferenceEvent): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function runsOf(events: readonly ReferenceEvent[]): Run[] {
  const unique = new Map(events.filter((e) => e.kind !== 'asset').map((e) => [`${dayOf(e.at)} ${e.id}`, e]));
  const byVisitor = new Map<bigint, ReferenceEvent[]>();
  for (const event of unique.values()) byVisitor.set(event.visitor, [...(byVisitor.get(event.visitor) ?? []), event]);
  const runs: Run[] = [];
  for (const [visitor, own] of byVisitor) {
    let last = Number.NEGATIVE_INFINITY;
    for (const event of own.sort(inOrder)) {
      const idle = event.at - last >= VISIT_GAP_MS;
      // what a server tells belongs to the run under way, or to none
      if (event.told && idle) continue;
      if (idle) runs.push({ visitor, events: [] });
      runs.at(-1)!.events.push(event);
      if (!event.told) last = event.at;
    }
  }
  return runs;
}

const endOf = (events: readonly ReferenceEvent[]): number =>
  Math.max(...events.filter((e) => !e.told).map((e) => e.at));

/** The run of the id before, active less than 30 minutes earlier; the one that began last, when there are several. */
function baseOf(run: Run, runs: readonly Run[]): Run | undefined {
  const first = run.events[0]!;
  if (first.before === 0n) return undefined;
  const fitting = runs.filter((other) => {
    if (other === run || other.visitor !== first.before) return false;
    return other.events[0]!.at <= first.at && first.at - endOf(other.events) < VISIT_GAP_MS;
  });
  return fitting.sort((a, b) => b.events[0]!.at - a.events[0]!.at)[0];
}

function actsOf(events: readonly ReferenceEvent[]): string[] {
  const later = (e: ReferenceEvent): number => (e.kind === 'event' ? 1 : 0);
  const acts = events
    .filter((e) => e.kind !== 'signal')
    .sort((a, b) => a.at - b.at || later(a) - later(b) || inOrder(a, b))
    .map((e) => (e.kind === 'event' ? `e${e.name}` : `v${e.path}`));
  return acts.filter((act, i) => act !== acts[i - 1]);
}

export function referenceVisits(events: readonly ReferenceEvent[]): ReferenceVisit[] {
  const runs = runsOf(events);
  const groups = new Map<Run, Run[]>();
  for (const run of runs) {
    const one = baseOf(run, runs);
    const key = (one && baseOf(one, runs)) ?? one ?? run;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const visits: ReferenceVisit[] = [];
  for (const group of groups.values()) {
    const all = group.flatMap((run) => run.events);
    const views = all.filter((e) => e.kind === 'view').sort(inOrder);
    const custom = all.filter((e) => e.kind === 'event').length;
    if (!all.some((e) => e.kind !== 'signal' && !e.told)) continue;
    const begins = [...group].sort((a, b) => a.events[0]!.at - b.events[0]!.at || (a.visitor < b.visitor ? -1 : 1));
    const start = begins[0]!.events[0]!.at;
    const finish = endOf(all);
    const attentive = all.reduce((sum, e) => sum + e.engagedMs, 0);
    const named = all.filter((e) => e.channel !== '' && e.channel !== 'Direct' && !e.told).sort(inOrder);
    visits.push({
      day: dayOf(start),
      visitor: begins[0]!.visitor,
      ids: [...new Set(group.map((run) => run.visitor))].sort((a, b) => (a < b ? -1 : 1)),
      start,
      finish,
      views: views.length,
      events: custom,
      bounce: views.length <= 1 && custom === 0 ? 1 : 0,
      engaged:
        finish - start > ENGAGED_AFTER_MS || attentive > ENGAGED_AFTER_MS || views.length >= 2 || custom > 0 ? 1 : 0,
      durationMs: finish - start,
      landing: views[0]?.path ?? '',
      exit: views.at(-1)?.path ?? '',
      channel: named[0]?.channel ?? 'Direct',
      names: [...new Set(all.filter((e) => e.kind === 'event').map((e) => e.name))].sort(),
      acts: actsOf(all),
    });
  }
  return visits.sort((a, b) => a.start - b.start || (a.visitor < b.visitor ? -1 : 1));
}
