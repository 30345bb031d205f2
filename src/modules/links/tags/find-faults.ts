// Finds faults among the tags that were seen: no question to the database, so that each rule is tried on a few rows.
import { channelOf, deriveSource } from '../../analytics/index.ts';
import { inStyle, mendOf } from '../convention.ts';
import type { Convention } from '../convention-contract.ts';
import { differByDigits, onEnglishKeyboard, slips, slipsAllowed } from '../nearness.ts';
import type { TagFault } from './contract.ts';

/** Visits that came alike; `host` is the referring one, `click` the name of the click id. */
export interface SeenTags {
  source: string;
  medium: string;
  campaign: string;
  content: string;
  channel: string;
  click: string;
  host: string;
  visits: number;
  first: string;
  last: string;
}
/** Presses on the company's own pages that carried tags. */
export interface SeenInside {
  source: string;
  medium: string;
  campaign: string;
  visits: number;
  page: string;
  first: string;
  last: string;
}
type Field = TagFault['field'];
const FIELDS: readonly Field[] = ['source', 'medium', 'campaign', 'content'];
/** What a rarer value is held to be a slip of comes this much more often. */
const MORE_OFTEN = 3;
const PAID = new Set([
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Paid Shopping',
  'Paid Other',
  'Display',
  'Cross-network',
]);

/** Whether somebody wrote the tags: what the referrer and the click id say by themselves is no tag. */
export function isTagged(row: SeenTags): boolean {
  if (row.campaign !== '' || row.content !== '') return true;
  const alone = deriveSource({
    url: row.click === '' ? '/' : `/?${row.click}=1`,
    referrer: row.host === '' ? '' : `https://${row.host}/`,
    siteHosts: [],
  });
  return row.source !== alone.source || row.medium !== alone.medium;
}

const about = ({ source, medium, campaign }: { source: string; medium: string; campaign: string }): string =>
  [source || '–', medium || '–', campaign].filter(Boolean).join(' / ');
const bare = (value: string): string => value.toLowerCase().replace(/[\s._-]+/g, '');

interface Sum {
  visits: number;
  first: string;
  last: string;
  row: SeenTags;
}
function add(sums: Map<string, Sum>, key: string, row: SeenTags): void {
  const known = sums.get(key);
  if (!known) sums.set(key, { visits: row.visits, first: row.first, last: row.last, row });
  else {
    if (row.visits > known.row.visits) known.row = row;
    known.visits += row.visits;
    if (row.first < known.first) known.first = row.first;
    if (row.last > known.last) known.last = row.last;
  }
}

/** The value another one was probably meant to be: one that comes much more often, or stands in the convention. */
function meant(value: string, visits: number, others: ReadonlyMap<string, number>): [TagFault['code'], string] | null {
  let best: [TagFault['code'], string] | null = null;
  let most = -1;
  const lower = value.toLowerCase();
  const typed = onEnglishKeyboard(lower);
  for (const [other, count] of others) {
    if (other === value || count <= most) continue;
    const same = bare(other) === bare(value);
    if (count < visits * (same ? 1 : MORE_OFTEN) || (same && count === visits && other > value)) continue;
    const small = other.toLowerCase();
    const code = same
      ? 'spelling'
      : typed !== lower && typed === small
        ? 'keyboard'
        : !differByDigits(lower, small) && slips(lower, small, 2) <= Math.min(slipsAllowed(lower), slipsAllowed(small))
          ? 'slip'
          : null;
    if (code !== null) [best, most] = [[code, other], count];
  }
  return best;
}

/** The most visits first. `today` is the company's. */
export function findFaults(
  rows: readonly SeenTags[],
  inside: readonly SeenInside[],
  convention: Convention,
  today: string,
): TagFault[] {
  const tagged = rows.filter((row) => row.channel !== 'Direct' && isTagged(row));
  const faults: TagFault[] = [];
  const say = (code: TagFault['code'], field: Field, value: string, sum: Sum, more: Partial<TagFault> = {}): void => {
    faults.push({
      key: [code, field, value].join(' '),
      code,
      field,
      value,
      about: about(sum.row),
      instead: null,
      channel: sum.row.channel,
      wouldBe: null,
      visits: sum.visits,
      first: sum.first,
      last: sum.last,
      page: null,
      ...more,
    });
  };

  for (const field of FIELDS) {
    const sums = new Map<string, Sum>();
    for (const row of tagged) if (row[field] !== '') add(sums, row[field], row);
    const counts = new Map([...sums].map(([value, { visits }]) => [value, visits]));
    // a listed value is right however seldom it comes
    for (const { value } of convention.fields[field].values) counts.set(value, Number.MAX_SAFE_INTEGER);
    for (const [value, sum] of sums) {
      if (counts.get(value) === Number.MAX_SAFE_INTEGER) continue;
      const listed = aliasOf(convention, field, value);
      if (listed !== null) say('alias', field, value, sum, { instead: listed, ...channelWith(sum.row, field, listed) });
      else if (field !== 'content' || sums.size < 200) {
        const found = meant(value, sum.visits, counts);
        if (found) say(found[0], field, value, sum, { instead: found[1], ...channelWith(sum.row, field, found[1]) });
      }
    }
  }

  const pairs = new Map<string, Sum>();
  const without = new Map<string, Sum>();
  const ads = new Map<string, Sum>();
  for (const row of tagged) {
    if (row.channel === 'Unassigned') add(pairs, `${row.source} ${row.medium}`, row);
    if (row.medium === '' && row.source !== '') add(without, row.source, row);
  }
  for (const sum of pairs.values()) {
    const medium = mendOf(convention, 'medium', sum.row.medium, today);
    const { wouldBe } = channelWith(sum.row, 'medium', medium ?? sum.row.medium);
    say('unassigned', 'medium', sum.row.medium, sum, {
      key: `unassigned ${sum.row.source} ${sum.row.medium}`,
      ...(wouldBe === null ? {} : { instead: medium, wouldBe }),
    });
  }
  for (const [source, sum] of without) if (sum.row.channel !== 'Unassigned') say('no-medium', 'source', source, sum);
  const nameless = new Map<string, Sum>();
  for (const row of rows) {
    if (row.campaign !== '' || !PAID.has(row.channel)) continue;
    if (row.click !== '' && !isTagged(row)) add(ads, row.click, row);
    else add(nameless, `${row.source} / ${row.medium}`, row);
  }
  for (const [click, sum] of ads) say('untagged-ads', 'source', click, sum);
  for (const [pair, sum] of nameless) say('no-campaign', 'campaign', '', sum, { key: `no-campaign ${pair}` });
  for (const one of inside) {
    const sum: Sum = { ...one, row: { ...one, content: '', channel: '', click: '', host: '' } };
    say('inside', 'source', one.source, sum, { key: `inside ${about(one)}`, page: one.page });
  }
  return faults.sort((a, b) => b.visits - a.visits || a.key.localeCompare(b.key));
}

function aliasOf(convention: Convention, field: Field, value: string): string | null {
  const words = [value.toLowerCase(), inStyle(convention, value).toLowerCase()];
  const found = convention.fields[field].values.find((one) =>
    one.aliases.some((alias) => words.includes(alias.toLowerCase())),
  );
  return found?.value ?? null;
}

/** The channel the same visits would fall in, when it is another. */
function channelWith(row: SeenTags, field: Field, value: string): { wouldBe: string | null } {
  const { source, medium, campaign }: SeenTags = { ...row, [field]: value };
  const next = channelOf({ source, medium, campaign, clickIdName: row.click, referrerHost: row.host });
  return { wouldBe: next === row.channel ? null : next };
}
