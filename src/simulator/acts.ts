// What else a visit does: searches, links away, files, a page that is not there, a form that is left. Drawn from the visit's own id, so
// that everything else of the company stays as it is without it.
import { HOST } from './world.ts';

interface Extra {
  properties?: Record<string, string | number>;
  title?: string;
  referrer?: string;
}
type Add = (name: string, path: string, extra?: Extra) => void;

/** Words and how many results the shop has for them. */
const SEARCHES: readonly (readonly [words: string, results: number])[] = [
  ['tent for 2', 4],
  ['sleeping bag winter', 2],
  ['hammock', 0],
  ['gas cartridge', 0],
  ['boots 43', 1],
  ['backpack', 2],
  ['gift card', 0],
];
const AWAY = [
  'https://www.instagram.com/nordoutfitters',
  'https://alta-tents.example/warranty',
  'https://maps.example/nord-outfitters-berlin',
  'https://www.dhl.example/track',
];
const FILES = ['/files/size-guide.pdf', '/files/tents-catalogue-2026.pdf', '/files/returns.pdf'];
/** Articles whose links lead to a tent that is sold no more. */
const OLD_LINKS = ['/blog/how-to-choose-a-tent', '/blog/first-winter-night'];
const FIELDS = ['phone', 'phone', 'phone', 'group-size', 'date', 'message'];
export const GROUP_FORM = 'group-offer';

/** Shares of visits that stay. */
const OF = { search: 0.09, away: 0.06, file: 0.05, missing: 0.025, leftForm: 0.035 };

/** `id`: hex digits of the visit's first view. */
export function furtherActs(id: string, path: string, add: Add): void {
  // a draw of 16 bits each, from places of the id nothing else is drawn from
  const lot = (place: number): number => Number.parseInt(id.slice(place, place + 4), 16) / 65_536;
  const pick = <One>(list: readonly One[], place: number): One => list[Math.floor(lot(place) * list.length)]!;
  if (lot(4) < OF.search) {
    const [words, results] = pick(SEARCHES, 8);
    add('view_search_results', '/search', { properties: { search_term: words, results } });
  }
  if (lot(8) < OF.away) add('outbound_click', path, { properties: { url: pick(AWAY, 12) } });
  if (lot(12) < OF.file) add('file_download', path, { properties: { url: `https://${HOST}${pick(FILES, 16)}` } });
  if (lot(16) < OF.missing) {
    const from = lot(20) < 0.8 ? { referrer: `https://${HOST}${pick(OLD_LINKS, 4)}` } : {};
    add('page_view', '/tents/alta-3', { title: 'Page not found – Nord Outfitters', ...from });
  }
  if (lot(20) < OF.leftForm) {
    add('form_start', '/groups/', { properties: { form: GROUP_FORM } });
    const seconds = 20 + Math.floor(lot(24) * 120);
    add('form_abandon', '/groups/', { properties: { form: GROUP_FORM, field: pick(FIELDS, 24), seconds } });
  }
}
