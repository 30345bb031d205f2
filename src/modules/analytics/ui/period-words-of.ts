// Two dates as a person says them: "25 Oct – 23 Nov", with the year when it isn't this one.
import { addDays } from '../../../web/dates.ts';
import { dateLanguage } from '../../../web/format.ts';
import type { Dates } from './period.ts';

export function periodWords([from, to]: Dates, language: string, thisYear = new Date().getFullYear()): string {
  const last = addDays(to, -1);
  const sameYear = from.startsWith(String(thisYear)) && last.startsWith(String(thisYear));
  const format = new Intl.DateTimeFormat(dateLanguage(language), {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  });
  return format
    .formatRange(new Date(`${from}T00:00:00Z`), new Date(`${last}T00:00:00Z`))
    .replaceAll('\u2009', ' ')
    .replace(/\sг\./u, '');
}
