// Which of a company's numbers a visit is shown, by the source it came from.
import { type ContactSourceDefinition, digitsOf } from '../contract.ts';

export interface From {
  source: string;
  medium: string;
  campaign: string;
}

const same = (asked: string, found: string): boolean => asked === '' || asked.toLowerCase() === found.toLowerCase();

/** Of numbers for the same place on the page the one that says most of the source: its campaign, else its medium, else the source alone. */
export function numbersFor(
  sources: readonly ContactSourceDefinition[],
  from: From,
): [instead: string, number: string][] {
  const fitting = sources
    .filter(({ kind, instead }) => kind === 'phone' && instead !== '')
    .filter(
      (one) => same(one.source, from.source) && same(one.medium, from.medium) && same(one.campaign, from.campaign),
    )
    .sort((a, b) => rank(b) - rank(a));
  const shown = new Map<string, [string, string]>();
  for (const { instead, value } of fitting) {
    const place = digitsOf(instead);
    if (!shown.has(place)) shown.set(place, [place, value]);
  }
  return [...shown.values()];
}
const rank = ({ medium, campaign }: ContactSourceDefinition): number => (campaign ? 2 : 0) + (medium ? 1 : 0);
