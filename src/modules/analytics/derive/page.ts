// A page is the same page whatever campaign brought the visitor: host, readable path, and the
// query without tracking parameters.
import { domainToASCII } from 'node:url';
import { cached } from './cache.ts';
import { isTrackingParameter } from './click-ids.ts';
import { decodePath } from './decode.ts';

export interface Page {
  readonly hostname: string;
  readonly path: string;
  readonly query: string;
}

export interface UrlParts {
  /** lower case, without the colon; '' for a relative address */
  scheme: string;
  hostname: string;
  path: string;
  query: string;
  fragment: string;
}

const LONGEST = 2048;
const NOT_ASCII = /[^\0-\x7f]/;

/** Lower case, without user, port or final dot; international names in their xn-- form, one form for each host. */
export function cleanHostname(authority: string): string {
  let host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  host = host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host.replace(/:.*$/, '');
  host = host.replace(/\.+$/, '');
  if (host.includes('%') || NOT_ASCII.test(host)) host = domainToASCII(decodePath(host)) || '';
  return /^[a-z0-9._~:[\]-]*$/.test(host) ? host.slice(0, 255) : '';
}

/** Splits without throwing: `new URL` refuses much of what logs contain. */
export function splitUrl(url: string): UrlParts {
  let rest = url.trim();
  let fragment = '';
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    fragment = rest.slice(hash + 1);
    rest = rest.slice(0, hash);
  }
  let query = '';
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    query = rest.slice(mark + 1);
    rest = rest.slice(0, mark);
  }
  const head = /^(?:([a-z][a-z0-9+.-]*):)?\/\/([^/\\]*)/i.exec(rest);
  if (head) {
    return {
      scheme: (head[1] ?? '').toLowerCase(),
      hostname: cleanHostname(head[2] ?? ''),
      path: rest.slice(head[0].length),
      query,
      fragment,
    };
  }
  return {
    scheme: /^([a-z][a-z0-9+-]+):/i.exec(rest)?.[1]?.toLowerCase() ?? '',
    hostname: '',
    path: rest,
    query,
    fragment,
  };
}

function withoutTracking(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .filter((pair) => {
      if (pair === '') return false;
      const name = pair.split('=', 1)[0]?.toLowerCase() ?? '';
      return !isTrackingParameter(name.startsWith('amp;') ? name.slice(4) : name);
    })
    .join('&');
}

const parse = cached<Page>(20_000, (url) => {
  const parts = splitUrl(url);
  const path = decodePath(parts.path);
  return Object.freeze({
    hostname: parts.hostname,
    path: (path.startsWith('/') ? path : `/${path}`).slice(0, LONGEST),
    query: withoutTracking(parts.query).slice(0, LONGEST),
  });
});

/** Takes an absolute address or a path with a query; `hostname` is '' for the latter. */
export function parsePage(url: string): Page {
  return parse(url);
}
