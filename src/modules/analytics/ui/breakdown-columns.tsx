// The columns of a table of a dimension: its values in words, then the measures with their units in the head.
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../web/format.ts';
import type { Column } from '../../../web/parts/data-table.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Property } from './filters.ts';
import { useMeasureName } from './measure-strip.tsx';
import type { Measure } from './measures.ts';
import { usePropertyName, useValueWords } from './words.ts';

export type Row = Record<string, string | number | null>;

export function useBreakdownColumns(
  dimension: Property,
  measures: readonly Measure[],
  rows: readonly Row[] | undefined,
) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const propertyName = usePropertyName();
  const measureName = useMeasureName();
  const columns: Column<Row>[] = [
    {
      id: dimension,
      head: propertyName(dimension),
      render: (row) => words(dimension, row[dimension]),
    },
    ...measures.map((measure) => ({
      id: measure.id,
      head: measure.id === 'bounceRate' ? t('measure.bounceShort') : measureName(measure),
      extra: measure.extra ?? (measures.length > 3 && (measure.id === 'visits' || measure.id === 'bounceRate')),
      render: (row: Row) => formatValue(row[measure.id], measure.unit, i18n.language, workspace.currency),
    })),
  ];
  const lead = measures[0]!.id;
  const most = Math.max(1, ...(rows ?? []).map((row) => Number(row[lead] ?? 0)));
  return {
    columns,
    bar: (row: Row) => Number(row[lead] ?? 0) / most,
    rowKey: (row: Row) => String(row[dimension] ?? ''),
    rowHint: (row: Row) => t('overview.filterBy', { value: words(dimension, row[dimension]) }),
  };
}
