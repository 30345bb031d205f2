// What a question is about, made ready for SQL: the company's zone and currency, its sites, the days whose roll-ups are old, and
// the filter with its saved segments in their places. Reports, funnels and all that counts begin here.
import { ORPCError } from '@orpc/server';
import type { Filter } from '../contract.ts';
import { resolveFilter, segmentsIn, storedSegments } from '../segments/resolve.ts';
import type { Db } from '../sites/sites.ts';
import { Money } from './money.ts';
import { localDay, type Scope } from './scope.ts';

const LONGEST_AS_OF_DAYS = 31;

/** The part every question has. */
export interface Question {
  site?: string | undefined;
  /** local dates, the second exclusive */
  period: readonly [string, string];
  filters?: Filter | undefined;
  robots?: Scope['robots'] | undefined;
  asOf?: string | undefined;
}

export interface Opened {
  scope: Scope;
  /** when the newest event became known */
  lastEventAt: Date | null;
  /** the local date of the first event */
  knownFrom: string | null;
}

/** `workspace` is one the caller may read. Throws BAD_REQUEST with what to change. */
export async function openScope(db: Db, workspace: string, question: Question): Promise<Opened> {
  const settings = await db
    .selectFrom('workspace')
    .select(['currency', 'time_zone'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  const chosen = await chooseSites(db, workspace, question.site);
  const [from, to] = question.period;
  if (question.asOf && Date.parse(to) - Date.parse(from) > LONGEST_AS_OF_DAYS * 86_400_000) {
    throw new ORPCError('BAD_REQUEST', {
      message: `A report as of a past moment recomputes visits from events and covers at most ${LONGEST_AS_OF_DAYS} days. Shorten the period.`,
    });
  }
  const dirty = await db
    .selectFrom('dirty_day')
    .select(['site', 'day'])
    .where('workspace', '=', workspace)
    .where('day', '>=', from)
    .where('day', '<', to)
    .execute();
  const kept = await db
    .selectFrom('retention')
    .select('kept_from')
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  const ids = chosen.map((s) => s.id);
  const named = question.filters && segmentsIn(question.filters).length > 0;
  const segments = named ? await storedSegments(db, workspace) : new Map();
  const last = Math.max(0, ...chosen.map((s) => s.last_event_at?.getTime() ?? 0));
  const firsts = chosen.flatMap((s) => (s.first_event_at ? [s.first_event_at.getTime()] : []));
  return {
    knownFrom: firsts.length > 0 ? localDay(settings.time_zone, new Date(Math.min(...firsts))) : null,
    lastEventAt: last > 0 ? new Date(last) : null,
    scope: {
      workspace,
      sites: ids,
      from,
      to,
      zone: settings.time_zone,
      currency: settings.currency,
      money: new Money(settings.currency, []),
      withoutRate: [],
      keptFrom: kept?.kept_from ?? undefined,
      robots: question.robots ?? 'exclude',
      ahead: to > localDay(settings.time_zone, new Date()),
      filter: question.filters && resolveFilter(question.filters, segments, ids),
      asOf: question.asOf ? new Date(question.asOf).toISOString().replace('T', ' ').replace('Z', '') : undefined,
      dirty: dirty.filter((d) => ids.includes(d.site)),
    },
  };
}

/** All sites of the workspace, or the one named by id or host. Throws BAD_REQUEST when it isn't there. */
export async function chooseSites(db: Db, workspace: string, site: string | undefined) {
  const sites = await db
    .selectFrom('site')
    .select(['id', 'host', 'key', 'last_event_at', 'first_event_at'])
    .where('workspace', '=', workspace)
    .execute();
  const wanted = site?.toLowerCase().replace(/^www\./, '');
  if (wanted === undefined) return sites;
  const chosen = sites.filter((s) => s.id === wanted || s.host === wanted || s.host.replace(/^www\./, '') === wanted);
  if (chosen.length === 0) {
    throw new ORPCError('BAD_REQUEST', {
      message: `There is no site ${site}. Sites here: ${sites.map((s) => s.host).join(', ') || 'none yet'}.`,
    });
  }
  return chosen;
}
