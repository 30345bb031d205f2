// The door: rates of a day range from a bank, for whoever stores them.
import type { Rate } from '../../money/rates-sources/rate.ts';
import type { CallContext } from '../define.ts';
import { cbr } from './cbr.ts';
import { ecb } from './ecb.ts';
import type { DateRange } from './source.ts';

export type { Rate } from '../../money/rates-sources/rate.ts';
export type { DateRange, RatesSource } from './source.ts';
export { cbr, ecb };

const SOURCES = { ecb, cbr };
export type RatesSourceId = keyof typeof SOURCES;

/** From the bank's own address. `rate` units of `quote` for one of `base`, as decimal text. Throws OutboundError or RatesFileError. */
export function fetchRates(
  context: { outbound: CallContext['outbound']; workspace: string | null },
  source: RatesSourceId,
  range: DateRange,
): Promise<Rate[]> {
  const bank = SOURCES[source];
  const call = { outbound: context.outbound, caller: { workspace: context.workspace, provider: bank.id } };
  return bank.open(call, bank.settings.parse({})).fetchRates(range);
}
