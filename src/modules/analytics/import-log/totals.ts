// The numbers of a log, counted line by line whether a line is stored now or was before.
import { KIND } from '../../../platform/events/row.ts';
import type { Summary } from './types.ts';

export class Totals {
  lines = 0;
  accepted = 0;
  rejected = 0;
  leftOut = 0;
  bytes = 0;
  pageViews = 0;
  botHits = 0;
  assets = 0;
  readonly #statuses = new Float64Array(1000);

  accept(status: number, bytes: number, kind: number, bot: boolean): void {
    this.lines++;
    this.accepted++;
    this.bytes += bytes;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    if (bot) this.botHits++;
    else if (kind === KIND.view) this.pageViews++;
    if (kind === KIND.asset) this.assets++;
  }

  leaveOut(): void {
    this.lines++;
    this.leftOut++;
  }

  reject(): void {
    this.lines++;
    this.rejected++;
  }

  summary(addresses: number, duplicates: number): Summary {
    const statuses: Record<string, number> = {};
    this.#statuses.forEach((count, status) => {
      if (count > 0) statuses[status] = count;
    });
    const { lines, accepted, rejected, leftOut, bytes, pageViews, botHits, assets } = this;
    return { lines, accepted, rejected, leftOut, duplicates, addresses, bytes, statuses, pageViews, botHits, assets };
  }
}
