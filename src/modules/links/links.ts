// Tagged links: kept like segments and goals, with a short address that never changes, so that nothing printed breaks.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../platform/kept/kept.ts';
import { deriveSource } from '../analytics/index.ts';
import { newCode } from './codes.ts';
import type { Link, LinkPreview } from './contract.ts';
import { breachesOf } from './convention.ts';
import type { Tags } from './convention-contract.ts';
import { linkSettings, shortAddress } from './settings.ts';
import type { Db } from './tables.ts';
import { type BadTarget, bareTarget, readTarget, type Target, taggedUrl } from './tagging.ts';

export interface Own extends Tags {
  target: string;
  code: string;
  active: boolean;
  last_day: string | null;
}

const WHY: Readonly<Record<BadTarget, string>> = {
  empty: 'Give the address of the page.',
  'not-an-address': 'That is no address of a page. Give one like https://shop.example/sale.',
  'not-http': 'A link can lead to a page only: to an address that begins with https:// or http://.',
  'too-long': 'The address is longer than 2,000 characters.',
  password: 'The address holds a name and a password. Leave them out.',
};

/** Throws BAD_REQUEST for what no browser should be sent to. */
export function targetOrThrow(text: string): Target {
  const read = readTarget(text);
  if (typeof read === 'string') throw new ORPCError('BAD_REQUEST', { message: WHY[read] });
  return read;
}

export const tagsOf = ({ source, medium, campaign, content, term }: Tags): Tags => ({
  source,
  medium,
  campaign,
  content,
  term,
});

/** Host names of the company's sites: visits to their pages are seen. */
export async function ownHosts(db: Db, workspace: string): Promise<string[]> {
  const sites = await db
    .selectFrom('site')
    .select(['host', 'other_hosts'])
    .where('workspace', '=', workspace)
    .execute();
  return sites.flatMap(({ host, other_hosts }) => [host, ...other_hosts]);
}

export const isOwn = (hosts: readonly string[], host: string): boolean =>
  hosts.some((one) => host === one.replace(/:\d+$/, '') || host.endsWith(`.${one.replace(/:\d+$/, '')}`));

/** The channel of our own rules in which a visit by this address falls when its referrer says nothing. */
export const channelOfUrl = (url: string): string => deriveSource({ url, referrer: '', siteHosts: [] }).channel;

export interface Described {
  hosts: readonly string[];
  address: string;
}

export const describing = async (db: Db, workspace: string, publicUrl: string): Promise<Described> => ({
  hosts: await ownHosts(db, workspace),
  address: shortAddress((await linkSettings(db, workspace)).domain, publicUrl),
});

export function describeLink(row: Stored<Own>, { hosts, address }: Described): Link {
  const target = new URL(row.target);
  const url = taggedUrl(target, row);
  const short = `${address}/l/${row.code}`;
  return {
    id: row.id,
    name: row.name,
    target: row.target,
    ...tagsOf(row),
    url,
    short,
    scan: `${short}/q`,
    channel: channelOfUrl(url),
    own: isOwn(hosts, target.hostname),
    active: row.active,
    lastDay: row.last_day,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    updatedBy: row.updated_by,
    archived: row.archived_at !== null,
  };
}

export const keptLinks = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'link',
    called: 'a link',
    columns: {
      target: 'plain',
      source: 'plain',
      medium: 'plain',
      campaign: 'plain',
      content: 'plain',
      term: 'plain',
      code: 'plain',
      active: 'plain',
      last_day: 'plain',
    },
    async check(asked, _workspace, id, given) {
      targetOrThrow(given.target);
      const taken = await (asked as unknown as Db)
        .selectFrom('link')
        .select('id')
        .where('code', '=', given.code)
        .where('id', '!=', id)
        .executeTakeFirst();
      if (taken) throw new ORPCError('CONFLICT', { message: 'That short address is taken. Choose another.' });
    },
  });

/** What is written of a link somebody gives; `code` is made unless they chose one. */
export const toOwn = (
  given: Tags & { target: string; active: boolean; lastDay: string | null; code?: string | undefined },
): Own => ({
  ...tagsOf(given),
  target: bareTarget(targetOrThrow(given.target).url),
  code: given.code ?? newCode(),
  active: given.active,
  last_day: given.lastDay,
});

export const matches = (row: Stored<Own>, find: string): boolean => {
  const text = find.toLowerCase();
  return [row.name, row.target, row.code, ...Object.values(tagsOf(row))].some((one) =>
    one.toLowerCase().includes(text),
  );
};

/** What an address would be, before it is kept. `link` is the one that is being changed. */
export async function previewLink(
  db: Db,
  workspace: string,
  given: Tags & { target: string; link?: string | undefined },
  today: string,
): Promise<LinkPreview> {
  const { convention } = await linkSettings(db, workspace);
  const tags = tagsOf(given);
  const breaches = breachesOf(convention, tags, today);
  const read = readTarget(given.target);
  const alike = await db
    .selectFrom('link')
    .select(['id', 'name'])
    .where('workspace', '=', workspace)
    .where('archived_at', 'is', null)
    .where('source', '=', tags.source)
    .where('medium', '=', tags.medium)
    .where('campaign', '=', tags.campaign)
    .where('content', '=', tags.content)
    .where('term', '=', tags.term)
    .$if(given.link !== undefined, (q) => q.where('id', '!=', given.link!))
    .limit(5)
    .execute();
  const tagged = Object.values(tags).some((value) => value !== '');
  if (typeof read === 'string') {
    const channel = channelOfUrl(taggedUrl(new URL('https://example.com/'), tags));
    return { url: null, problem: read, channel, own: true, breaches, replaced: [], alike: tagged ? alike : [] };
  }
  const url = taggedUrl(read.url, tags);
  return {
    url,
    problem: null,
    channel: channelOfUrl(url),
    own: isOwn(await ownHosts(db, workspace), read.url.hostname),
    breaches,
    replaced: read.replaced,
    alike: tagged ? alike : [],
  };
}
