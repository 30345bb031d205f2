// The rules of paths written plainly, one visit after another, to be compared with the SQL that production uses.
// Nothing but the property test (path-rules.itest.ts) runs it.
import type { SeenEvent } from '../segments/segment-reference.ts';

const GAP_MS = 30 * 60_000;

/** The visits of one visitor (events in order of time): half an hour without one ends a visit. */
export function eventsByVisit(events: readonly SeenEvent[]): SeenEvent[][] {
  const visits: SeenEvent[][] = [];
  for (const event of events) {
    const last = visits.at(-1)?.at(-1);
    if (!last || event.at - last.at >= GAP_MS) visits.push([event]);
    else visits.at(-1)!.push(event);
  }
  return visits;
}

/** `label`: the text of a node, null for what is not looked at. Repeats that follow each other are one. */
export function nodesOf(visit: readonly SeenEvent[], label: (event: SeenEvent) => string | null): string[] {
  const nodes: string[] = [];
  for (const event of visit) {
    const node = label(event);
    if (node !== null && node !== nodes.at(-1)) nodes.push(node);
  }
  return nodes;
}

/** What comes from the anchor on, or back from it; null when the visit is not among them. The word `end` where it stops early. */
export function wayOf(
  nodes: readonly string[],
  { anchor, direction, depth }: { anchor: string | null; direction: 'from' | 'to'; depth: number },
): string[] | null {
  const at = anchor === null ? (direction === 'from' ? 0 : nodes.length - 1) : nodes.indexOf(anchor);
  if (at < 0 || nodes.length === 0) return null;
  const way = direction === 'from' ? nodes.slice(at) : nodes.slice(0, at + 1).reverse();
  return way.length > depth ? way.slice(0, depth + 1) : [...way, 'end'];
}

/** How many visits hold each run of so many nodes. */
export function countSequences(visits: readonly (readonly string[])[], length: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const nodes of visits) {
    const held = new Set<string>();
    for (let i = 0; i + length <= nodes.length; i++) held.add(nodes.slice(i, i + length).join(' > '));
    for (const one of held) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return counts;
}
