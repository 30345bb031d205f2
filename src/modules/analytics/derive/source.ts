// Where a visit came from: campaign tags first, then click ids, then the referring address.
import { cached, createCache } from './cache.ts';
import { channelOf } from './channel.ts';
import { CLICK_ID_BY_NAME, CLICK_ID_RANK, CLICK_IDS, type ClickId } from './click-ids.ts';
import { decodeParam } from './decode.ts';
import { cleanHostname, splitUrl } from './page.ts';
import { kindOfSource, parseReferrer, type Referrer } from './referrers.ts';

export interface Source {
  readonly referrer: string;
  readonly referrerHost: string;
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
  readonly term: string;
  readonly clickIdName: string;
  readonly clickId: string;
  readonly channel: string;
}

interface Tags {
  source: string;
  medium: string;
  campaign: string;
  content: string;
  term: string;
  clickId: string;
  click: ClickId | undefined;
}

const NO_TAGS: Tags = { source: '', medium: '', campaign: '', content: '', term: '', clickId: '', click: undefined };
const MIGHT_BE_TAGGED = new RegExp(`utm_|mtm_|pk_|openstat|${CLICK_IDS.map((id) => id.name).join('|')}`, 'i');
const FIELD: Readonly<Record<string, readonly string[]>> = {
  source: ['utm_source', 'mtm_source', 'pk_source', 'utm_source_platform'],
  medium: ['utm_medium', 'mtm_medium', 'pk_medium'],
  campaign: ['utm_campaign', 'mtm_campaign', 'pk_campaign', 'utm_id', 'mtm_cid', 'pk_cid'],
  content: ['utm_content', 'mtm_content', 'pk_content'],
  term: ['utm_term', 'mtm_kwd', 'mtm_keyword', 'pk_kwd', 'pk_keyword'],
};

function bounded(raw: string): string {
  return decodeParam(raw).slice(0, 512);
}

// Openstat is four values joined by ";" and written in base64: service;campaign;ad;place.
function openstat(raw: string): string[] {
  const plain = raw.includes(';') ? raw : Buffer.from(raw, 'base64').toString('utf8');
  const values = plain.split(';').map((value) => value.trim());
  return values.length === 4 ? values : [];
}

const readTags = cached<Tags>(20_000, (query) => {
  const values = new Map<string, string>();
  let click: ClickId | undefined;
  let clickId = '';
  for (const pair of query.split(/&(?:amp;)?/)) {
    const equals = pair.indexOf('=');
    if (equals <= 0) continue;
    const name = pair.slice(0, equals).toLowerCase();
    const value = bounded(pair.slice(equals + 1));
    if (value === '') continue;
    const found = CLICK_ID_BY_NAME.get(name);
    if (found && (!click || (CLICK_ID_RANK.get(name) ?? 0) < (CLICK_ID_RANK.get(click.name) ?? 0))) {
      click = found;
      clickId = value;
    }
    if (!values.has(name)) values.set(name, value);
  }
  const pick = (field: string): string => {
    for (const name of FIELD[field] ?? []) if (values.has(name)) return values.get(name) ?? '';
    return '';
  };
  const stat = openstat(values.get('_openstat') ?? '');
  const service = (stat[0] ?? '').toLowerCase();
  return {
    source: pick('source').toLowerCase() || service,
    medium: pick('medium').toLowerCase() || (service ? 'cpc' : ''),
    campaign: pick('campaign') || (stat[1] ?? ''),
    content: pick('content') || (stat[2] ?? ''),
    term: pick('term'),
    clickId,
    click,
  };
});

const MEDIUM_OF_KIND: Readonly<Record<string, string>> = {
  search: 'organic',
  shopping: 'referral',
  social: 'social',
  video: 'video',
  ai: 'ai',
  email: 'email',
  cpc: 'cpc',
  display: 'display',
};

function refererMedium(from: Referrer): string {
  if (from.source === 'pricerunner' || from.source === 'google shopping') return 'organic';
  return MEDIUM_OF_KIND[from.kind] ?? 'referral';
}

// Instagram and Threads add fbclid too, and so does a Facebook click that passed a shortener: a
// social referrer says better than the id which network it was.
function clickSource(click: ClickId, from: Referrer): string {
  return click.medium === 'social' && from.kind === 'social' ? from.source : click.source;
}

function sourceAndMedium(tags: Tags, from: Referrer): { source: string; medium: string } {
  const { click } = tags;
  if (tags.source !== '') {
    if (tags.medium !== '' || !click) {
      const same = from.kind !== '' && (tags.source === from.source || tags.source === from.host);
      return { source: tags.source, medium: tags.medium || (same ? refererMedium(from) : '') };
    }
    // fbclid on a link tagged for another service only says that somebody shared it.
    const agrees = click.medium !== 'social' || kindOfSource(tags.source) === 'social';
    return { source: tags.source, medium: agrees ? click.medium : '' };
  }
  if (click) return { source: clickSource(click, from), medium: tags.medium || click.medium };
  if (from.host !== '') return { source: from.source, medium: tags.medium || refererMedium(from) };
  if (tags.medium !== '' || tags.campaign !== '') return { source: '', medium: tags.medium };
  return { source: 'direct', medium: 'none' };
}

function build(tags: Tags, from: Referrer): Source {
  const { source, medium } = sourceAndMedium(tags, from);
  const clickIdName = tags.click?.name ?? '';
  const channel = channelOf({ source, medium, campaign: tags.campaign, clickIdName, referrerHost: from.host });
  return Object.freeze({
    referrer: from.url,
    referrerHost: from.host,
    source,
    medium,
    campaign: tags.campaign,
    content: tags.content,
    term: tags.term || from.term,
    clickIdName,
    clickId: tags.clickId,
    channel,
  });
}

const siteSets = new WeakMap<readonly string[], Set<string>>();

function bareHost(host: string): string {
  const clean = cleanHostname(host);
  return clean.startsWith('www.') ? clean.slice(4) : clean;
}

function belongs(host: string, siteHosts: readonly string[]): boolean {
  let set = siteSets.get(siteHosts);
  if (!set || set.size > siteHosts.length) {
    set = new Set(siteHosts.map(bareHost).filter((name) => name !== ''));
    siteSets.set(siteHosts, set);
  }
  for (let name = bareHost(host); name !== ''; ) {
    if (set.has(name)) return true;
    const dot = name.indexOf('.');
    name = dot < 0 ? '' : name.slice(dot + 1);
  }
  return false;
}

const results = createCache<Source>(50_000);

/**
 * The source of a page view. A referrer on the site itself (its hosts, their subdomains, or the page's own host) gives
 * empty source, medium and channel, meaning "no new source", unless the address carries campaign tags or a click id.
 */
export function deriveSource(input: { url: string; referrer: string; siteHosts: readonly string[] }): Source {
  const mark = input.url.search(/[?#]/);
  const rest = mark < 0 ? '' : input.url.slice(mark);
  const tagged = rest !== '' && MIGHT_BE_TAGGED.test(rest);
  const from = parseReferrer(input.referrer);
  const pageHost = from.host === '' ? '' : splitUrl(input.url).hostname;
  const internal =
    from.host !== '' &&
    (belongs(from.host, input.siteHosts) || (pageHost !== '' && bareHost(pageHost) === bareHost(from.host)));
  const key = `${internal ? 1 : 0}${tagged ? rest : ''}\n${input.referrer}`;
  const known = results.get(key);
  if (known) return known;

  const tags = tagged ? readTags(tagQuery(rest)) : NO_TAGS;
  const made = internal ? buildInternal(tags, from) : build(tags, from);
  if (key.length <= 4096) results.set(key, made);
  return made;
}

// Single-page sites often put the tags behind the "#".
function tagQuery(rest: string): string {
  const hash = rest.indexOf('#');
  if (hash < 0) return rest.slice(1);
  const fragment = rest.slice(hash + 1).replace(/^[^?]*\?/, '');
  return `${rest.slice(1, Math.max(hash, 1))}&${fragment}`;
}

const NO_REFERRER = parseReferrer('');

function buildInternal(tags: Tags, from: Referrer): Source {
  const isTagged = tags.source !== '' || tags.medium !== '' || tags.campaign !== '' || tags.click !== undefined;
  const made = isTagged
    ? build(tags, NO_REFERRER)
    : { ...build(NO_TAGS, NO_REFERRER), source: '', medium: '', channel: '' };
  return Object.freeze({ ...made, referrer: from.url, referrerHost: from.host });
}
