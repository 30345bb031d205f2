// Costs by day from a file: the fields of a row, and how rows become costs of a feed that is named after the source.
import type { Choice, ImportField, ImportTransaction } from '../../platform/imports/index.ts';
import { defineImportKind } from '../../platform/imports/index.ts';
import { minorUnits } from '../../platform/money/money.ts';
import { takeVatOut, vatOn } from '../../platform/money/vat.ts';
import { channelOf } from '../analytics/index.ts';
import { type CostBefore, type CostRow, compareCosts, undoCosts, writeCosts } from './costs.ts';
import { vatRates } from './rates.ts';
import type { Db } from './tables.ts';

const FIELDS: readonly ImportField[] = [
  {
    name: 'day',
    label: { en: 'Day', ru: 'День' },
    type: 'day',
    required: true,
    from: 'column',
    names: ['day', 'date', 'дата', 'день', 'reporting starts', 'report date', 'период', 'время'],
  },
  {
    name: 'amount',
    label: { en: 'Cost', ru: 'Расход' },
    type: 'amount',
    required: true,
    from: 'column',
    names: [
      'cost',
      'spend',
      'расход',
      'spent',
      'amount spent',
      'стоимость',
      'сумма',
      'затраты',
      'потрачено',
      'списано',
      'amount',
      'total cost',
      'бюджет',
    ],
  },
  {
    name: 'currency',
    label: { en: 'Currency', ru: 'Валюта' },
    type: 'currency',
    required: true,
    from: 'either',
    names: ['currency', 'валюта', 'currency code', 'код валюты'],
  },
  { name: 'vat', label: { en: 'VAT', ru: 'НДС' }, type: 'choice', required: true, from: 'file', names: [] },
  {
    name: 'site',
    label: { en: 'Site', ru: 'Сайт' },
    type: 'choice',
    required: true,
    from: 'either',
    names: ['site', 'сайт', 'domain', 'домен', 'host'],
  },
  {
    name: 'source',
    label: { en: 'Source', ru: 'Источник' },
    type: 'text',
    required: false,
    from: 'either',
    names: ['utm source', 'source', 'источник', 'площадка', 'рекламная система', 'platform'],
  },
  {
    name: 'medium',
    label: { en: 'Medium', ru: 'Канал (medium)' },
    type: 'text',
    required: false,
    from: 'either',
    names: ['utm medium', 'medium', 'тип трафика', 'канал'],
  },
  {
    name: 'campaign',
    label: { en: 'Campaign', ru: 'Кампания' },
    type: 'text',
    required: false,
    from: 'either',
    names: [
      'utm campaign',
      'campaign',
      'campaign name',
      'кампания',
      'название кампании',
      'рекламная кампания',
      'имя кампании',
    ],
  },
  {
    name: 'content',
    label: { en: 'Ad content', ru: 'Объявление' },
    type: 'text',
    required: false,
    from: 'either',
    names: ['utm content', 'content', 'ad', 'ad name', 'объявление', 'название объявления', 'креатив'],
  },
  {
    name: 'term',
    label: { en: 'Keyword', ru: 'Ключевая фраза' },
    type: 'text',
    required: false,
    from: 'either',
    names: [
      'utm term',
      'term',
      'keyword',
      'search keyword',
      'фраза',
      'ключевая фраза',
      'ключевое слово',
      'условие показа',
    ],
  },
  {
    name: 'page',
    label: { en: 'Landing page', ru: 'Посадочная страница' },
    type: 'text',
    required: false,
    from: 'either',
    names: [
      'page',
      'landing page',
      'url',
      'final url',
      'страница',
      'посадочная страница',
      'ссылка',
      'link',
      'адрес страницы',
    ],
    most: 2000,
  },
  {
    name: 'clicks',
    label: { en: 'Clicks', ru: 'Клики' },
    type: 'integer',
    required: false,
    from: 'column',
    names: ['clicks', 'клики', 'переходы', 'link clicks', 'кликов'],
  },
  {
    name: 'impressions',
    label: { en: 'Impressions', ru: 'Показы' },
    type: 'integer',
    required: false,
    from: 'column',
    names: ['impressions', 'показы', 'impr', 'views', 'показов'],
  },
];

const VAT: Choice[] = [
  { value: 'no', label: 'without VAT · без НДС' },
  { value: 'yes', label: 'with VAT · с НДС' },
];

/** The path of a landing page given as an address, a path or a bare name; null when it is none. */
export function pathOf(text: string): string | null {
  if (text === '') return '';
  if (/\s/.test(text)) return null;
  if (text.startsWith('/')) return text.replace(/[?#].*$/, '').slice(0, 300) || '/';
  try {
    const { protocol, pathname } = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return protocol.startsWith('http') ? pathname.slice(0, 300) : null;
  } catch {
    return null;
  }
}

const sum = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);
const MOST_MINOR = 9_000_000_000_000_000;

export const costImport = defineImportKind<CostRow, CostBefore>({
  name: 'costs',
  label: { en: 'Costs by day', ru: 'Расходы по дням' },
  permission: 'costs:manage',
  fields: FIELDS,
  reasons: {
    'page:no-path': { en: 'is no address of a page', ru: 'не адрес страницы' },
    'amount:too-large': { en: 'is larger than an amount can be', ru: 'больше, чем бывает сумма' },
  },

  async choices(db, workspace) {
    const own = db as unknown as Db;
    const sites = await own
      .selectFrom('site')
      .select(['id', 'host'])
      .where('workspace', '=', workspace)
      .orderBy('host')
      .execute();
    const { currency } = await own
      .selectFrom('workspace')
      .select('currency')
      .where('id', '=', workspace)
      .executeTakeFirstOrThrow();
    return {
      options: { site: sites.map(({ id, host }) => ({ value: id, label: host })), vat: VAT },
      preset: { currency, vat: 'no', ...(sites.length === 1 ? { site: sites[0]!.id } : {}) },
    };
  },

  async open(db, { workspace, import: id, source: feed }) {
    const vat = await vatRates(db as unknown as Db, workspace);
    const of = { workspace, feed, import: id };
    return {
      understand(values) {
        const text = (name: string): string => values[name] ?? '';
        const page = pathOf(text('page'));
        if (page === null) return 'page:no-path';
        const currency = text('currency');
        const gross = minorUnits(text('amount'), currency);
        if (Math.abs(gross) > MOST_MINOR) return 'amount:too-large';
        const day = text('day');
        const { net, vat: tax } = text('vat') === 'yes' ? takeVatOut(gross, vatOn(vat, day)) : { net: gross, vat: 0 };
        // visits hold both in lower case, and a cost must find its visits
        const source = text('source').toLowerCase();
        const medium = text('medium').toLowerCase();
        const campaign = text('campaign');
        const row: CostRow = {
          site: text('site'),
          day,
          source,
          medium,
          campaign,
          content: text('content'),
          term: text('term'),
          page,
          channel: channel(source, medium, campaign),
          currency,
          amount: net,
          vat: tax,
          impressions: text('impressions') === '' ? null : Number(text('impressions')),
          clicks: text('clicks') === '' ? null : Number(text('clicks')),
        };
        const key = [row.site, source, medium, campaign, row.content, row.term, page, currency].join('\u0001');
        return { day, key, row };
      },
      merge: (a, b) => ({
        ...a,
        amount: a.amount + b.amount,
        vat: a.vat + b.vat,
        impressions: sum(a.impressions, b.impressions),
        clicks: sum(a.clicks, b.clicks),
      }),
      compare: (tx: ImportTransaction, rows) => compareCosts(tx, of, rows),
      write: async (tx, rows) => {
        const { before: undo, ...change } = await writeCosts(tx, of, rows);
        return { ...change, undo };
      },
      undo: (tx, entries) => undoCosts(tx, of, entries),
    };
  },
});

const channels = new Map<string, string>();
/** A file repeats its few campaigns on every row. */
function channel(source: string, medium: string, campaign: string): string {
  if (source === '' && medium === '') return '';
  const key = `${source}\u0000${medium}\u0000${campaign}`;
  let known = channels.get(key);
  if (known === undefined) {
    known = channelOf({ source, medium, campaign, clickIdName: '', referrerHost: '' });
    if (channels.size > 10_000) channels.clear();
    channels.set(key, known);
  }
  return known;
}
