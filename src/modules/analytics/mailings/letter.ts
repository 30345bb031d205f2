// The words of one message: every report of it asked anew, of days that are over.
import type { TFunction } from 'i18next';
import type { MailTable } from '../../../platform/mail/render.ts';
import { addDays, todayIn } from '../../../web/dates.ts';
import { answerQuestion, type ExplorerDeps } from '../explorer/answer.ts';
import { readQuestion } from '../explorer/saved-reports.ts';
import { keptGoals } from '../goals/goals.ts';
import { vocabulary } from '../report/facts.ts';
import { shownReports } from '../sharing/shown-reports.ts';
import { bookGoal, bookOf } from '../ui/explorer/book-of.ts';
import { addMonths, type Dates } from '../ui/period.ts';
import { periodWords } from '../ui/period-words-of.ts';
import type { MailingDefinition } from './contract.ts';
import { mailTable } from './tables.ts';

export interface LetterDeps extends ExplorerDeps {
  publicUrl: string;
  words(language: 'en' | 'ru'): Promise<TFunction>;
}

/** Days that are over: a message is read later than it is written. */
export function datesOf(every: MailingDefinition['every'], today: string): Dates {
  if (every === 'day') return [addDays(today, -1), today];
  if (every === 'week') return [addDays(today, -7), today];
  const first = `${today.slice(0, 8)}01`;
  return [addMonths(first, -1), first];
}

export interface LetterValues {
  name: string;
  company: string;
  period: string;
  link: string;
  tables: MailTable[];
}

/** All of it was put away. */
const GONE = { name: '', definition: null };

/** A report that is gone or can't be asked says so in its place; the others come all the same. */
export async function writeLetter(
  deps: LetterDeps,
  workspace: string,
  { name, definition }: { name: string; definition: MailingDefinition },
): Promise<LetterValues> {
  const { db } = deps;
  const { language, report, dashboard } = definition;
  const company = await db
    .selectFrom('workspace')
    .select(['name', 'currency', 'time_zone'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const t = await deps.words(language);
  const dates = datesOf(definition.every, todayIn(company.time_zone));
  const period = dates.join('..');
  const goals = (await keptGoals(db).list(workspace, 'active')).map(bookGoal);
  const book = bookOf(
    { vocabulary: vocabulary() as never, goals, properties: [], currency: company.currency },
    t,
    language,
  );
  const shown = (await shownReports(db, workspace, definition))?.reports ?? [GONE];
  const tables: MailTable[] = [];
  for (const one of shown) {
    const gone = { title: one.name, figures: [], head: [], rows: [] };
    if (one.definition === null) {
      tables.push({ ...gone, title: t('dashboards.gone'), note: t('mailings.reportGone') });
      continue;
    }
    try {
      const question = { ...readQuestion(one.definition), period, compare: 'previous' as const };
      const answer = await answerQuestion(deps, workspace, question);
      tables.push(mailTable({ title: one.name, question, answer, book, currency: company.currency, t, language }));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      tables.push({ ...gone, note: error.message });
    }
  }
  const place = report ? `explorer?report=${report}` : `dashboards?dashboard=${dashboard}`;
  return {
    name,
    company: company.name,
    period: periodWords(dates, language),
    link: `${deps.publicUrl}/w/${workspace}/${place}`,
    tables,
  };
}

/** What asking anew won't change: it names a goal that is gone, or is written for another version. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && 'status' in error && Number(error.status) >= 400 && Number(error.status) < 500;
