// Who sent the visitor, from the referring address alone: search engine and word, social network,
// mail, assistant. The rule order is: exact host with path, exact host, country ending, parent hosts.
import { createRequire } from 'node:module';
import { cached } from './cache.ts';
import { decodeParam } from './decode.ts';
import { ALIASES, BRAND, type Kind, KNOWN_HOSTS, KNOWN_SEARCH, SEARCH_ONLY_WITH_WORD } from './known-sources.ts';
import { splitUrl } from './page.ts';

interface Entry {
  source: string;
  kind: Kind;
  params: readonly string[];
  charsets: readonly string[];
  onlyWithWord: boolean;
}

export interface Referrer {
  /** as given, bounded, without the fragment; '' when there is none worth keeping */
  readonly url: string;
  readonly host: string;
  readonly source: string;
  readonly kind: Kind | '';
  readonly term: string;
}

const require = createRequire(import.meta.url);
const searchList = require('./data/search-engines.json') as [string, string[], string[], string[]?][];
const socialList = require('./data/social-networks.json') as Record<string, string[]>;
const assistantList = require('./data/ai-assistants.json') as Record<string, string[]>;

const exact = new Map<string, Entry>();
const withSubdomains = new Map<string, Entry>();
const withPath = new Map<string, { path: string; entry: Entry }[]>();
const kinds = new Map<string, Kind>();

function brand(name: string): string {
  const lower = name.toLowerCase();
  const base = lower.replace(/ (?:images?|videos?|videa|directory)$/, '').replace(/[!]/g, '');
  return BRAND[lower] ?? BRAND[base] ?? base;
}

function add(map: Map<string, Entry>, host: string, entry: Entry): void {
  const slash = host.indexOf('/');
  if (slash < 0) {
    if (!map.has(host)) map.set(host, entry);
    return;
  }
  const list = withPath.get(host.slice(0, slash)) ?? [];
  list.push({ path: host.slice(slash), entry });
  withPath.set(host.slice(0, slash), list);
}

function learn(source: string, kind: Kind): void {
  if (kind !== 'cpc' && kind !== 'display' && !kinds.has(source)) kinds.set(source, kind);
}

for (const [source, kind, hosts] of KNOWN_HOSTS) {
  const entry: Entry = { source, kind, params: ['q', 'search'], charsets: [], onlyWithWord: false };
  learn(source, kind);
  for (const host of hosts) add(withSubdomains, host, entry);
}
for (const [name, hosts] of Object.entries(assistantList)) {
  const entry: Entry = { source: brand(name), kind: 'ai', params: [], charsets: [], onlyWithWord: false };
  learn(entry.source, 'ai');
  for (const host of hosts) add(withSubdomains, host, entry);
}
for (const [source, hosts, params, charsets] of KNOWN_SEARCH) {
  learn(source, 'search');
  for (const host of hosts)
    add(exact, host, { source, kind: 'search', params, charsets: charsets ?? [], onlyWithWord: false });
}
for (const [name, hosts, params, charsets] of searchList) {
  const source = brand(name);
  learn(source, 'search');
  for (const host of hosts) {
    add(exact, host, {
      source,
      kind: 'search',
      params,
      charsets: charsets ?? [],
      onlyWithWord: SEARCH_ONLY_WITH_WORD.has(host),
    });
  }
}
for (const [name, hosts] of Object.entries(socialList)) {
  const source = brand(name);
  learn(source, 'social');
  for (const host of hosts)
    add(withSubdomains, host, { source, kind: 'social', params: [], charsets: [], onlyWithWord: false });
}

const COUNTRY_ENDING = /\.(?:(?:com?|net|org)\.[a-z]{2}|[a-z]{2,4})$/;

function forms(host: string): string[] {
  const ending = host.replace(COUNTRY_ENDING, '.{}');
  const dot = host.indexOf('.');
  const prefix = `{}${host.slice(dot)}`;
  return host.indexOf('.', dot + 1) > 0 ? [host, ending, prefix, `{}${ending.slice(dot)}`] : [host, ending];
}

function find(host: string, path: string): Entry | undefined {
  const bare = host.startsWith('www.') ? host.slice(4) : host;
  const candidates = forms(bare);
  for (const key of candidates) {
    for (const rule of withPath.get(key) ?? []) if (path.startsWith(rule.path)) return rule.entry;
  }
  for (const key of candidates.slice(0, 2)) {
    const entry = withSubdomains.get(key) ?? exact.get(key);
    if (entry) return entry;
  }
  for (let dot = bare.indexOf('.'); dot > 0; dot = bare.indexOf('.', dot + 1)) {
    const parent = bare.slice(dot + 1);
    const entry = withSubdomains.get(parent) ?? withSubdomains.get(parent.replace(COUNTRY_ENDING, '.{}'));
    if (entry) return entry;
  }
  for (const key of candidates.slice(2)) {
    const entry = exact.get(key);
    if (entry) return entry;
  }
  return undefined;
}

function queryValue(query: string, name: string): string | undefined {
  for (const pair of query.split('&')) {
    if (pair.startsWith(name) && pair[name.length] === '=') return pair.slice(name.length + 1);
  }
  return undefined;
}

function searchWord(entry: Entry, path: string, query: string, fragment: string): string {
  for (const param of entry.params) {
    if (param.startsWith('/')) {
      const found = new RegExp(param.slice(1, param.lastIndexOf('/'))).exec(query ? `${path}?${query}` : path)?.[1];
      if (found) return decodeParam(found, entry.charsets);
      continue;
    }
    const raw = queryValue(query, param) ?? queryValue(fragment, param);
    if (raw) return decodeParam(raw, entry.charsets).slice(0, 512);
  }
  return '';
}

// Roundcube and other mail programs live on webmail.* or mail.* of a company's or a provider's own domain.
const WEBMAIL = /^(?:webmail[a-z0-9-]*|mail\d*|e?mails?)\.[^.]+\.[a-z.]{2,}$/;
const WEB_SCHEMES = new Set(['http', 'https', 'android-app', 'ios-app', '']);
const NOTHING: Referrer = Object.freeze({ url: '', host: '', source: '', kind: '', term: '' });

const parse = cached<Referrer>(20_000, (raw) => {
  const given = raw.trim();
  if (given === '' || given === '-' || given === 'null') return NOTHING;
  const bareHost = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?]|$)/i.test(given);
  const parts = splitUrl(bareHost ? `//${given}` : given);
  if (parts.hostname === '' || !WEB_SCHEMES.has(parts.scheme)) return NOTHING;
  const host = parts.hostname;
  const url = (given.split('#', 1)[0] ?? '').slice(0, 2048);
  const own = host.startsWith('www.') ? host.slice(4) : host;
  const entry = find(host, parts.path);
  if (!entry) return Object.freeze({ url, host, source: own, kind: WEBMAIL.test(host) ? 'email' : '', term: '' });
  const term =
    entry.kind === 'search' || entry.source === 'pricerunner'
      ? searchWord(entry, parts.path, parts.query, parts.fragment)
      : '';
  if (entry.onlyWithWord && term === '') return Object.freeze({ url, host, source: own, kind: '', term: '' });
  return Object.freeze({ url, host, source: entry.source, kind: entry.kind, term });
});

export function parseReferrer(referrer: string): Referrer {
  return parse(referrer);
}

/** The kind of a source however it is written: "yandex", "yandex_direct", "vk.com", "m.facebook.com"; '' when unknown. */
export const kindOfSource: (source: string) => Kind | '' = cached<Kind | ''>(5_000, (raw) => {
  const source = raw
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const named = kinds.get(source) ?? kinds.get(ALIASES[source] ?? '') ?? kinds.get(source.replace(/^www\./, ''));
  if (named) return named;
  if (source.includes('.')) {
    const kind = find(source, '')?.kind;
    return kind === 'cpc' || kind === 'display' || kind === undefined ? '' : kind;
  }
  const first = source.split(/[\s_\-:/|+]/, 1)[0] ?? '';
  if (first === source || first.length < 2) return '';
  return kinds.get(first) ?? kinds.get(ALIASES[first] ?? '') ?? '';
});
