// What the banks have in common: an answer that is no file, and a test that says which day's rates came.
import { type Rate, RatesFileError } from '../../money/rates-sources/rate.ts';
import { OutboundError } from '../../outbound/errors.ts';
import type { OutboundAnswer } from '../../outbound/outbound.ts';
import type { TestOutcome } from '../define.ts';

export function answered(answer: OutboundAnswer): Buffer {
  if (answer.ok) return answer.body;
  throw new OutboundError('bad-answer', `${new URL(answer.url).host} answered ${answer.status}.`);
}

export async function tested(fetch: () => Promise<Rate[]>): Promise<TestOutcome> {
  try {
    const rates = await fetch();
    return { ok: true, said: `${rates.length} rates of ${rates[0]?.date ?? '–'}` };
  } catch (error) {
    if (error instanceof OutboundError || error instanceof RatesFileError) return { ok: false, said: error.message };
    throw error;
  }
}
