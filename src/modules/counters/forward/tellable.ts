// What of a goal a browser can tell by itself.
import { type Goal, type PlainFilter, propertiesOf } from '../../analytics/index.ts';

const KNOWN: ReadonlySet<string> = new Set(['event', 'page', 'hostname', 'language', 'scroll', 'amount']);

/** Properties the script on the page does not know (src/tracker/goal-rules.ts knows the others). */
export function unknownIn(where: PlainFilter | undefined): string[] {
  return [...new Set<string>(propertiesOf(where))].filter((id) => !KNOWN.has(id) && !id.startsWith('property:'));
}

export const ofVisit = ({ definition }: Pick<Goal, 'definition'>): boolean => 'visit' in definition;

export const unknownOf = ({ definition }: Pick<Goal, 'definition'>): string[] =>
  'visit' in definition ? [] : unknownIn(definition.act.where);
