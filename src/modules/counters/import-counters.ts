// Figures of another counter from a file it hands out: reports of Yandex Metrica and Google Analytics by day, split by source or
// not, Metrica's Logs API of visits, where a row is one visit, and GA4's BigQuery export, where a row is one event.
import type { ImportField, ImportTransaction } from '../../platform/imports/index.ts';
import { defineImportKind } from '../../platform/imports/index.ts';
import { COUNTERS, counter } from './contract.ts';
import {
  type CounterDay,
  compareCounterDays,
  type DayBefore,
  undoCounterDays,
  writeCounterDays,
} from './counter-days.ts';
import type { Db } from './tables.ts';

const FIELDS: readonly ImportField[] = [
  {
    name: 'day',
    label: { en: 'Day', ru: 'День' },
    type: 'day',
    required: true,
    from: 'column',
    names: [
      'ym s date',
      'date',
      'day',
      'дата визита',
      'дата',
      'день',
      'date of visit',
      'ym s datetime',
      'nth day',
      'event date',
    ],
  },
  {
    name: 'counter',
    label: { en: 'Counter', ru: 'Счётчик' },
    type: 'choice',
    required: true,
    from: 'file',
    names: [],
  },
  {
    name: 'site',
    label: { en: 'Site', ru: 'Сайт' },
    type: 'choice',
    required: true,
    from: 'either',
    names: ['site', 'сайт', 'hostname', 'host name', 'домен', 'domain'],
  },
  {
    name: 'visits',
    label: {
      en: 'Visits, sessions (no column: a row is one visit)',
      ru: 'Визиты, сеансы (нет столбца: строка — один визит)',
    },
    type: 'integer',
    required: false,
    from: 'column',
    names: ['ym s visits', 'visits', 'sessions', 'визиты', 'сеансы', 'сессии'],
  },
  {
    name: 'visitors',
    label: { en: 'Visitors, users', ru: 'Посетители, пользователи' },
    type: 'integer',
    required: false,
    from: 'column',
    names: ['ym s users', 'visitors', 'users', 'total users', 'active users', 'посетители', 'пользователи'],
  },
  {
    name: 'views',
    label: { en: 'Page views', ru: 'Просмотры' },
    type: 'integer',
    required: false,
    from: 'column',
    names: ['ym s pageviews', 'page views', 'pageviews', 'views', 'просмотры', 'просмотры страниц'],
  },
  {
    name: 'conversions',
    label: { en: 'Conversions', ru: 'Достижения целей' },
    type: 'integer',
    required: false,
    from: 'column',
    names: ['conversions', 'key events', 'goal reaches', 'достижения целей', 'конверсии', 'ключевые события'],
  },
  {
    name: 'event',
    label: { en: 'Event (a row is one event)', ru: 'Событие (строка — одно событие)' },
    type: 'text',
    required: false,
    from: 'column',
    names: ['event name'],
  },
  {
    name: 'source',
    label: { en: 'Where from', ru: 'Источник трафика' },
    type: 'text',
    required: false,
    from: 'column',
    names: [
      'ym s lasttrafficsource',
      'ym s lastsigntrafficsource',
      'ym s lastsignificanttrafficsource',
      'traffic source',
      'source',
      'session default channel group',
      'session primary channel group',
      'default channel group',
      'channel group',
      'источник трафика',
      'последний значимый источник',
      'группа каналов',
    ],
  },
];

const LABELS: Readonly<Record<(typeof COUNTERS)[number], string>> = {
  metrica: 'Yandex Metrica · Яндекс Метрика',
  ga4: 'Google Analytics 4',
  other: 'another · другой',
};
const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
const number = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text));

export const counterImport = defineImportKind<CounterDay, DayBefore>({
  name: 'counters',
  label: { en: 'Figures of another counter', ru: 'Цифры другого счётчика' },
  permission: 'analytics:manage',
  fields: FIELDS,
  reasons: {},

  async choices(db, workspace) {
    const sites = await (db as unknown as Db)
      .selectFrom('site')
      .select(['id', 'host'])
      .where('workspace', '=', workspace)
      .orderBy('host')
      .execute();
    return {
      options: {
        site: sites.map(({ id, host }) => ({ value: id, label: host })),
        counter: COUNTERS.map((value) => ({ value, label: LABELS[value] })),
      },
      preset: { ...(sites.length === 1 ? { site: sites[0]!.id } : {}) },
    };
  },

  async open(_db, { workspace, import: id }) {
    return {
      understand(values) {
        const visits = number(values.visits);
        // BigQuery's rows are events: a session begins with one, a page is seen by another
        const counts = (name: string): number => (values.event === name ? 1 : 0);
        const ofEvent = values.event ? { visits: counts('session_start'), views: counts('page_view') } : undefined;
        const row: CounterDay = {
          site: values.site ?? '',
          counter: counter.parse(values.counter),
          day: values.day ?? '',
          source: (values.source ?? '').replace(/\s+/g, ' '),
          visits: visits ?? ofEvent?.visits ?? 1,
          // one row a visit doesn't tell who came twice
          visitors: visits === null ? null : number(values.visitors),
          views: number(values.views) ?? ofEvent?.views ?? null,
          conversions: number(values.conversions),
        };
        return { day: row.day, key: [row.site, row.counter, row.source].join('\u0001'), row };
      },
      // people of two rows may be the same people
      merge: (a, b) => ({
        ...a,
        visits: a.visits + b.visits,
        visitors: null,
        views: sum(a.views, b.views),
        conversions: sum(a.conversions, b.conversions),
      }),
      compare: (tx: ImportTransaction, rows) => compareCounterDays(tx, workspace, rows),
      write: async (tx, rows) => {
        const { before: undo, ...change } = await writeCounterDays(tx, { workspace, import: id }, rows);
        return { ...change, undo };
      },
      undo: (tx, entries) => undoCounterDays(tx, { workspace, import: id }, entries),
    };
  },
});
