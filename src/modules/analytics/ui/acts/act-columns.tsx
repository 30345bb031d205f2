// The columns of each kind of act, after its name.
import type { TFunction } from 'i18next';
import { formatChange, formatValue } from '../../../../web/format.ts';
import type { Column } from '../../../../web/parts/data-table.tsx';
import { type ActKind, type ActRow, DEPTHS } from '../../acts/contract.ts';

/** `before`: of the row's main figure in the period it is compared with; null: it was not there. */
export type ShownAct = ActRow & { before?: number | null };

interface Figure {
  id: string;
  of: (row: ActRow) => number | null;
  unit: 'count' | 'share' | 'ratio';
  extra?: true;
}
const COUNT: Figure = { id: 'count', of: ({ count }) => count, unit: 'count' };
const VISITORS: Figure = { id: 'visitors', of: ({ visitors }) => visitors, unit: 'count' };
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const FIGURES: Readonly<Record<ActKind, readonly Figure[]>> = {
  outbound: [COUNT, VISITORS],
  download: [COUNT, VISITORS],
  search: [
    COUNT,
    { ...VISITORS, extra: true },
    { id: 'wentOn', of: ({ wentOn = null }) => wentOn, unit: 'share' },
    { id: 'nothingFound', of: ({ nothingFound = null }) => nothingFound, unit: 'share', extra: true },
  ],
  'not-found': [
    COUNT,
    { ...VISITORS, extra: true },
    { id: 'fromInside', of: ({ fromInside = 0 }) => fromInside, unit: 'count' },
  ],
  form: [
    { id: 'begun', of: ({ begun = null }) => begun, unit: 'count' },
    { id: 'sent', of: ({ sent = 0 }) => sent, unit: 'count' },
    { id: 'sentRate', of: ({ sent = 0, begun }) => (begun == null ? null : share(sent, begun)), unit: 'share' },
    { id: 'left', of: ({ left = 0 }) => left, unit: 'count', extra: true },
    { id: 'seconds', of: ({ seconds = null }) => seconds, unit: 'count', extra: true },
  ],
  scroll: [
    COUNT,
    ...DEPTHS.map(
      (depth, index): Figure => ({
        id: `reached${depth}`,
        of: ({ reached }) => reached?.[index] ?? null,
        unit: 'share',
        ...(depth === 50 || depth === 90 ? {} : { extra: true }),
      }),
    ),
    {
      id: 'looked',
      of: ({ looked = null }) => (looked === null ? null : Math.round(looked)),
      unit: 'count',
      extra: true,
    },
  ],
};

/** What rows are sorted by until a head is pressed. */
export const SORTED_BY: Readonly<Record<ActKind, string>> = {
  ...{ outbound: 'count', download: 'count', search: 'count', 'not-found': 'count', form: 'sent', scroll: 'count' },
};

export const mainFigure = (kind: ActKind, row: ActRow): number | null =>
  FIGURES[kind].find(({ id }) => id === SORTED_BY[kind])!.of(row);

export function actColumns(kind: ActKind, t: TFunction, language: string, compared: boolean): Column<ShownAct>[] {
  const change: Column<ShownAct> = {
    id: 'change',
    head: t('goals.change'),
    extra: true,
    value: (row) => (row.before ? (mainFigure(kind, row) ?? 0) / row.before : null),
    render: (row) =>
      row.before === null
        ? t('acts.new')
        : (formatChange(mainFigure(kind, row), row.before, 'count', language, t('points'))?.text ?? '–'),
  };
  return [
    {
      id: 'value',
      head: t(`acts.one.${kind}`),
      render: ({ value }) => value,
      value: ({ value }) => value,
      words: true,
    },
    ...FIGURES[kind].map(
      ({ id, of, unit, extra }): Column<ShownAct> => ({
        id,
        head: t(`acts.head.${id}`),
        render: (row: ActRow) => formatValue(of(row), unit, language),
        value: of,
        ...(extra ? { extra } : {}),
      }),
    ),
    ...(compared ? [change] : []),
  ];
}
