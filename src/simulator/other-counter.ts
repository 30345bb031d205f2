// The other counter on the company's site: it runs for people who agreed and don't block it, takes hidden robots for people, and
// was set to another zone by whoever set it up. It was there before the company measured by itself.
import type { Person } from './people.ts';
import { DAY_MS, seasonOf, weekdayOf } from './world.ts';

export const OTHER_COUNTER_ZONE = 'America/Los_Angeles';
/** of 256 people who agreed, so many block it */
const BLOCKERS = 28;
const DAYS_BEFORE = 60;
const zoned = new Intl.DateTimeFormat('en-CA', { timeZone: OTHER_COUNTER_ZONE });

/** The id its cookie holds; the same person blocks it always or never. */
export function otherCounterId({ id }: Person): string | undefined {
  if (id === undefined || Number.parseInt(id.slice(-2), 16) < BLOCKERS) return undefined;
  return `GA1.1.${Number.parseInt(id.slice(0, 8), 16)}.1700000000`;
}

/** Sessions of one day by channel. */
export interface OtherCounterLine {
  day: string;
  channel: string;
  sessions: number;
  views: number;
}

export class OtherCounter {
  readonly #lines = new Map<string, OtherCounterLine>();

  count(at: number, channel: string, views: number): void {
    this.#add(zoned.format(at), channel, 1, views);
  }

  #add(day: string, channel: string, sessions: number, views: number): void {
    const line = this.#lines.get(`${day} ${channel}`) ?? { day, channel, sessions: 0, views: 0 };
    line.sessions += sessions;
    line.views += views;
    this.#lines.set(`${day} ${channel}`, line);
  }

  /** The days before `from` (UTC midnight, ms), by the seasons, in the proportions of its first month. */
  goBack(from: number): void {
    const first = [...this.#lines.values()].filter(({ day }) => Date.parse(day) < from + 30 * DAY_MS);
    const usual = new Map<string, { sessions: number; views: number }>();
    for (const { channel, sessions, views } of first) {
      const sum = usual.get(channel) ?? { sessions: 0, views: 0 };
      usual.set(channel, { sessions: sum.sessions + sessions, views: sum.views + views });
    }
    const scaleOf = (at: number) => seasonOf(at) * weekdayOf(at);
    const month = Array.from({ length: 30 }, (_, n) => scaleOf(from + n * DAY_MS)).reduce((a, b) => a + b, 0);
    for (let at = from - DAYS_BEFORE * DAY_MS; at < from; at += DAY_MS)
      for (const [channel, { sessions, views }] of usual) {
        const share = scaleOf(at) / month;
        this.#add(
          new Date(at).toISOString().slice(0, 10),
          channel,
          Math.round(sessions * share),
          Math.round(views * share),
        );
      }
  }

  lines(): OtherCounterLine[] {
    return [...this.#lines.values()].filter(({ sessions }) => sessions > 0).sort((a, b) => a.day.localeCompare(b.day));
  }
}
