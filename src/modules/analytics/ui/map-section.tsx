// The countries of the visitors on a map; pressing one filters by it. The table of countries beside it says the same in words.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { addDays } from '../../../web/dates.ts';
import { formatValue, regionName } from '../../../web/format.ts';
import { ChartFiles } from '../../../web/parts/chart-files.tsx';
import { WorldMap } from '../../../web/parts/world-map.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { withValue } from './filters.ts';
import { useMeasureName } from './measure-strip.tsx';
import styles from './overview.module.css';
import type { View, ViewChange } from './view.ts';

export default function MapSection({ view, change }: { view: View; change: (change: ViewChange) => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const measureName = useMeasureName();
  const report = useQuery(
    api.reports.run.queryOptions({
      input: {
        workspace: workspace.id,
        ...view.scope,
        measures: ['visitors'],
        dimensions: ['country'],
        sort: '-visitors',
        limit: 300,
      },
      placeholderData: keepPreviousData,
    }),
  );
  const rows = report.data?.rows ?? [];
  const places = rows.flatMap((row) =>
    row.country ? [{ code: String(row.country), value: Number(row.visitors ?? 0) }] : [],
  );
  const name = t('map.title');
  const box = useRef<HTMLElement>(null);
  return (
    <section ref={box} aria-label={name}>
      <div className={styles.head}>
        <span className={styles.title}>{name}</span>
        <span className={styles.headTools}>
          <span className={styles.note}>{measureName({ id: 'visitors' })}</span>
          <ChartFiles
            box={() => box.current}
            title={name}
            about={`${measureName({ id: 'visitors' })}, ${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`}
          />
        </span>
      </div>
      <WorldMap
        label={t('map.label')}
        places={places}
        nameOf={(code) => regionName(code, i18n.language)}
        format={(value) => formatValue(value, 'count', i18n.language)}
        onPlace={(code) => change({ filters: withValue(view.filters, 'country', code) })}
      />
    </section>
  );
}
