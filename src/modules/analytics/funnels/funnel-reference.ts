// The rules of funnels written plainly, one visitor after another, to be compared with the SQL that production uses.
// Nothing but the property test (funnel-rules.itest.ts) runs it.
import { type SeenEvent, visitsOf } from '../segments/segment-reference.ts';

export interface PlainFunnel {
  /** does an event match a step? */
  steps: readonly ((event: SeenEvent) => boolean)[];
  order: 'ordered' | 'strict';
  /** of strict order: the kinds of events that may not come between */
  kinds: readonly SeenEvent['kind'][];
  windowMs: number;
  by: 'visitor' | 'visit';
  /** milliseconds; a funnel begins from `from` and before `to` */
  from: number;
  to: number;
  /** whether it may begin in a visit from this channel */
  beginsIn: (channel: string) => boolean;
}

export interface Attempt {
  /** of the steps reached */
  times: number[];
  /** of the visit in which it began */
  channel: string;
}

interface Act {
  event: SeenEvent;
  channel: string;
  visit: number;
  /** the steps it can stand for */
  steps: number[];
}

/** `events`: all of one visitor, in order of time. An attempt a visitor, or one a visit. */
export function attemptsOf(events: readonly SeenEvent[], funnel: PlainFunnel): Attempt[] {
  const visits = visitsOf(events);
  const acts = events
    .filter(({ at }) => at >= funnel.from && at < funnel.to + funnel.windowMs)
    .filter(({ kind }) => funnel.order === 'ordered' || funnel.kinds.includes(kind))
    .map((event): Act => {
      const visit = visits.findLastIndex(({ start }) => start <= event.at);
      const { channel } = visits[visit]!;
      const begins = event.at < funnel.to && funnel.beginsIn(channel);
      const steps = funnel.steps.flatMap((matches, step) => (matches(event) && (step > 0 || begins) ? [step] : []));
      return { event, channel, visit, steps };
    })
    .sort(inOrder);
  const groups = funnel.by === 'visitor' ? [acts] : visits.map((_, i) => acts.filter(({ visit }) => visit === i));
  return groups.flatMap((group) => {
    const best = furthest(group, funnel);
    return best ? [best] : [];
  });
}

/** What happened at one moment is taken in the order of the steps, anything else after them. */
function inOrder(a: Act, b: Act): number {
  const lowest = ({ steps }: Act): number => steps[0] ?? 15;
  const marks = ({ steps }: Act): number => steps.reduce((sum, step) => sum + 2 ** step, 0);
  return a.event.at - b.event.at || lowest(a) - lowest(b) || marks(a) - marks(b);
}

/** Every start is tried, and every way on from it; the furthest counts, and of those the earliest. */
function furthest(acts: readonly Act[], funnel: PlainFunnel): Attempt | null {
  let best: Attempt | null = null;
  for (const [i, act] of acts.entries()) {
    if (!act.steps.includes(0)) continue;
    const times = onward(acts, i, 1, act.event.at + funnel.windowMs, funnel);
    if (!best || times.length + 1 > best.times.length) {
      best = { times: [act.event.at, ...times], channel: act.channel };
    }
  }
  return best;
}

function onward(acts: readonly Act[], after: number, step: number, end: number, funnel: PlainFunnel): number[] {
  if (step === funnel.steps.length) return [];
  let most: number[] = [];
  const last = funnel.order === 'strict' ? after + 1 : acts.length - 1;
  for (let i = after + 1; i <= last && i < acts.length; i++) {
    const act = acts[i]!;
    if (act.event.at > end) break;
    if (!act.steps.includes(step)) continue;
    const rest = [act.event.at, ...onward(acts, i, step + 1, end, funnel)];
    if (rest.length > most.length) most = rest;
  }
  return most;
}
