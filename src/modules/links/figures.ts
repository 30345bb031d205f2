// What each link brought: clicks of its short address as they were counted, and visits, conversions and revenue of the visits that
// carry its tags, by the one pipeline of reports.
import { type Question, type Reports, reportQuery } from '../analytics/index.ts';
import type { LinkFigures } from './contract.ts';
import type { Tags } from './convention-contract.ts';
import { isOwn, keptLinks, ownHosts, tagsOf } from './links.ts';
import type { Db } from './tables.ts';

/** As visits hold them: source and medium in small letters, the rest as written. */
const keyOf = (tags: Tags): string =>
  [tags.source.toLowerCase(), tags.medium.toLowerCase(), tags.campaign, tags.content, tags.term].join('\u0000');

const BY = ['source', 'medium', 'campaign', 'content', 'term'] as const;
const MOST = 100_000;

export async function linkFigures(
  { db, reports }: { db: Db; reports: Reports },
  workspace: string,
  { goal, ...question }: Question & { goal?: string | undefined },
) {
  const links = await keptLinks(db).list(workspace, 'active');
  const conversions = goal === undefined ? 'orders' : (`conversions:${goal}` as const);
  const campaigns = [...new Set(links.map(({ campaign }) => campaign))];
  const asked = reportQuery.parse({ ...question, measures: ['visits', conversions, 'revenue'] });
  const named = { property: 'campaign' as const, is: 'in' as const, value: campaigns.slice(0, 1000) };
  const [answer, hosts, clicks] = await Promise.all([
    reports.run(workspace, {
      ...asked,
      // five at once: a link is told from another by all of its tags
      dimensions: [...BY],
      filters: asked.filters === undefined ? named : { and: [asked.filters, named] },
      limit: MOST,
    }),
    ownHosts(db, workspace),
    clicksOf(db, workspace, question.period),
  ]);
  const found = new Map(
    answer.rows.map((row) => [keyOf(Object.fromEntries(BY.map((by) => [by, String(row[by] ?? '')])) as Tags), row]),
  );
  const rows = links.map((link): LinkFigures => {
    const row = found.get(keyOf(tagsOf(link)));
    const seen =
      isOwn(hosts, new URL(link.target).hostname) && Object.values(tagsOf(link)).some((value) => value !== '');
    const number = (id: string): number | null => (seen ? Number(row?.[id] ?? 0) : null);
    return {
      id: link.id,
      clicks: clicks.get(`${link.id} click`) ?? 0,
      scans: clicks.get(`${link.id} scan`) ?? 0,
      robots: clicks.get(`${link.id} robot`) ?? 0,
      visits: number('visits'),
      conversions: number(conversions),
      revenue: number('revenue'),
    };
  });
  return { rows, trust: answer.trust };
}

/** By link and way, in local days, the second exclusive. */
async function clicksOf(
  db: Db,
  workspace: string,
  [from, to]: readonly [string, string],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('link_click')
    .select((eb) => ['link', 'way', eb.fn.sum<string>('count').as('count')])
    .where('workspace', '=', workspace)
    .where('day', '>=', from)
    .where('day', '<', to)
    .groupBy(['link', 'way'])
    .execute();
  return new Map(rows.map(({ link, way, count }) => [`${link} ${way}`, Number(count)]));
}

export async function clicksOfLink(db: Db, workspace: string, link: string, of: { from: string; to: string }) {
  await keptLinks(db).get(workspace, link);
  const rows = await db
    .selectFrom('link_click')
    .select(['day', 'way', 'country', 'device', 'count'])
    .where('workspace', '=', workspace)
    .where('link', '=', link)
    .where('day', '>=', of.from)
    .where('day', '<', of.to)
    .orderBy('day')
    .execute();
  const days = new Map<string, { day: string; clicks: number; scans: number; robots: number }>();
  const by = { country: new Map<string, number>(), device: new Map<string, number>() };
  for (const { day, way, country, device, count } of rows) {
    const one = days.get(day) ?? { day, clicks: 0, scans: 0, robots: 0 };
    one[way === 'click' ? 'clicks' : way === 'scan' ? 'scans' : 'robots'] += count;
    days.set(day, one);
    if (way === 'robot') continue;
    by.country.set(country, (by.country.get(country) ?? 0) + count);
    by.device.set(device, (by.device.get(device) ?? 0) + count);
  }
  const ranked = (of: Map<string, number>) =>
    [...of]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
  return { days: [...days.values()], countries: ranked(by.country), devices: ranked(by.device) };
}
