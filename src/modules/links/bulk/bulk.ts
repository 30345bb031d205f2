// Many addresses tagged at once. Each row stands for itself: one that can't be kept says why, the others are kept.
import { ORPCError } from '@orpc/server';
import { breachesOf } from '../convention.ts';
import { channelOfUrl, describing, isOwn, keptLinks, ownHosts, tagsOf, toOwn } from '../links.ts';
import { linkSettings } from '../settings.ts';
import type { Db } from '../tables.ts';
import { readTarget, taggedUrl } from '../tagging.ts';
import { todayOf } from '../today.ts';
import type { BulkKept, BulkRow, BulkShown } from './contract.ts';

export async function previewRows(db: Db, workspace: string, rows: readonly BulkRow[]): Promise<BulkShown[]> {
  const [{ convention }, today, hosts] = await Promise.all([
    linkSettings(db, workspace),
    todayOf(db, workspace),
    ownHosts(db, workspace),
  ]);
  const seen = new Map<string, number>();
  return rows.map((row, index) => {
    const tags = tagsOf(row);
    const breaches = breachesOf(convention, tags, today);
    const read = readTarget(row.target);
    if (typeof read === 'string') return { url: null, problem: read, channel: '', own: true, breaches, sameAs: null };
    const url = taggedUrl(read.url, tags);
    const sameAs = seen.get(url) ?? null;
    if (sameAs === null) seen.set(url, index);
    return {
      ...{ url, problem: null, breaches, sameAs },
      channel: channelOfUrl(url),
      own: isOwn(hosts, read.url.hostname),
    };
  });
}

/** A link that nobody named is called by what tells it from the others of its campaign, and its page. */
export function nameOf(row: BulkRow): string {
  if (row.name !== '') return row.name;
  const read = readTarget(row.target);
  const page = typeof read === 'string' ? '' : read.url.pathname.replace(/\/$/, '').split('/').at(-1)!;
  return (
    [row.campaign, row.source, row.content, row.term, page].filter(Boolean).join(' · ').slice(0, 150) || row.target
  );
}

export async function keepRows(
  deps: { db: Db; publicUrl: string },
  workspace: string,
  rows: readonly BulkRow[],
  who: string,
): Promise<BulkKept[]> {
  const { address } = await describing(deps.db, workspace, deps.publicUrl);
  const links = keptLinks(deps.db);
  const taken = new Set((await links.list(workspace, 'active')).map(({ name }) => name.toLowerCase()));
  const answers: BulkKept[] = [];
  for (const row of rows) {
    try {
      const name = row.name || freeName(nameOf(row), taken);
      const own = toOwn({ ...tagsOf(row), target: row.target, active: true, lastDay: null });
      const made = await links.create(workspace, { name, ...own }, who);
      taken.add(name.toLowerCase());
      answers.push({ link: made.id, short: `${address}/l/${made.code}`, problem: null });
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      answers.push({ link: null, short: null, problem: error.message });
    }
  }
  return answers;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name} ${n}`;
  return free;
}
