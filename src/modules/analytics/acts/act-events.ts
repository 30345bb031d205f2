// Which events are of each kind, and what a row of its table is: SQL over the columns of `events`.
import { quote } from '../report/dimensions.ts';
import type { ActKind } from './contract.ts';

const nonEmpty = (parts: readonly string[]): string =>
  parts.reduceRight((rest, part) => `if(${part} != '', ${part}, ${rest})`, "''");

/** GA4's names of a search, and the address of a page of results. Words are told apart without case and outer spaces. */
const TOLD_SEARCH = "kind = 'event' AND name IN ('view_search_results', 'search') AND properties['search_term'] != ''";

/** `parameters`: those in which the words stand; the first that is there counts. */
function searchIn(parameters: readonly string[]): { which: string; value: string } {
  const fromAddress = parameters.map(
    (name) => `decodeURLFormComponent(extractURLParameter(concat('?', query), ${quote(name)}))`,
  );
  const literal = parameters.map((name) => name.replace(/[.[\]]/g, '\\$&')).join('|');
  const inAddress = `kind = 'view' AND match(query, ${quote(`(^|&)(${literal})=[^&]`)})`;
  return {
    which: `(${TOLD_SEARCH}) OR (${inAddress})`,
    value: `lowerUTF8(trimBoth(if(kind = 'event', properties['search_term'], ${nonEmpty(fromAddress)})))`,
  };
}

/** A page that is not there says so by its title, by the event `not_found`, or in the access log. */
const NOT_FOUND_TITLE = quote(
  '(?i)(\\b404\\b|(page|seite) (was )?(not found|nicht gefunden)|страница не найдена|page introuvable|página no encontrada)',
);
const NOT_FOUND = `(kind = 'view' AND match(title, ${NOT_FOUND_TITLE})) OR (kind = 'event' AND name IN ('not_found', 'page_not_found', '404')) OR (kind = 'error' AND status IN (404, 410))`;

const FORMS = ['form_start', 'form_submit', 'form_abandon', 'form_filled'];

const ACTS: Readonly<Record<Exclude<ActKind, 'search'>, { which: string; value: string }>> = {
  outbound: { which: "kind = 'event' AND name = 'outbound_click'", value: "properties['url']" },
  download: { which: "kind = 'event' AND name = 'file_download'", value: "properties['url']" },
  'not-found': { which: NOT_FOUND, value: 'path' },
  form: { which: `kind = 'event' AND name IN (${FORMS.map(quote).join(', ')})`, value: "properties['form']" },
  scroll: { which: "kind = 'view' OR (kind = 'signal' AND name = 'engagement')", value: 'path' },
};

export const actOf = (kind: ActKind, parameters: readonly string[]): { which: string; value: string } =>
  kind === 'search' ? searchIn(parameters) : ACTS[kind];

/** Of the events of a kind those that are counted over time: forms by being sent, pages by their views. */
export const COUNTED: Readonly<Record<ActKind, string>> = {
  outbound: '1',
  download: '1',
  search: '1',
  'not-found': '1',
  form: "name = 'form_submit'",
  scroll: "kind = 'view'",
};
