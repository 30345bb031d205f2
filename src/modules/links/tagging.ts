// Puts tags on an address: what was there stays where it was, earlier tags of the same kind give way, and the words networks put in
// at the click ({campaign_id}) stay readable for them.
import type { Tags } from './convention-contract.ts';
import { TAG_FIELDS } from './convention-contract.ts';

export type BadTarget = 'empty' | 'not-an-address' | 'not-http' | 'too-long' | 'password';
const LONGEST = 2000;

export interface Target {
  url: URL;
  /** tags that stood in the address already */
  replaced: string[];
}

/** An address as people paste it; one without a scheme is taken as https. */
export function readTarget(text: string): Target | BadTarget {
  const given = text.trim();
  if (given === '') return 'empty';
  if (given.length > LONGEST) return 'too-long';
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(given)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return 'not-http';
  let url: URL;
  try {
    url = new URL(scheme === undefined ? `https://${given.replace(/^\/\//, '')}` : given);
  } catch {
    return 'not-an-address';
  }
  if (/\s/.test(given) || !/^[^.]+(\.[^.]+)+$|^localhost$|^\[/.test(url.hostname)) return 'not-an-address';
  if (url.username !== '' || url.password !== '') return 'password';
  return { url, replaced: TAG_FIELDS.filter((field) => url.searchParams.has(`utm_${field}`)) };
}

/** A value as it stands in a query. Braces stay: a network looks for them before anyone decodes. */
const written = (value: string): string =>
  encodeURIComponent(value).replaceAll('%7B', '{').replaceAll('%7D', '}').replaceAll('%3A', ':');

/** The address with the tags that are not empty. */
export function taggedUrl(target: URL, tags: Tags): string {
  const kept = target.search
    .slice(1)
    .split('&')
    .filter(
      (pair) => pair !== '' && !TAG_FIELDS.some((field) => pair.split('=', 1)[0]!.toLowerCase() === `utm_${field}`),
    );
  const added = TAG_FIELDS.filter((field) => tags[field] !== '').map((field) => `utm_${field}=${written(tags[field])}`);
  const query = [...kept, ...added].join('&');
  return `${target.origin}${target.pathname}${query === '' ? '' : `?${query}`}${target.hash}`;
}

/** The address without our tags: what a link keeps. */
export const bareTarget = (target: URL): string =>
  taggedUrl(target, { source: '', medium: '', campaign: '', content: '', term: '' });
