// How fast pages are for real visitors: the 75th percentile of what their browsers measured, over time and by page, device, country.
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { AnalysisPage } from '../analysis-page.tsx';
import { Breakdown } from '../breakdown.tsx';
import { MeasureStrip } from '../measure-strip.tsx';
import overview from '../overview.module.css';
import { TimeSection } from '../time-section.tsx';
import { useOverview } from '../use-overview.ts';
import { useView } from '../view.ts';
import { LOADS, VITALS, verdictOf } from './vitals.ts';

const TABLES = [
  { tab: 'content', dimensions: ['page'] },
  { tab: 'device', dimensions: ['device', 'browser', 'system'] },
  { tab: 'place', dimensions: ['country'] },
  { tab: 'traffic', dimensions: ['channel', 'campaign'] },
] as const;

export default function Speed() {
  const { t } = useTranslation();
  const [view, change] = useView();
  const [address] = useAddress();
  const { now, before } = useOverview(view, [...VITALS, LOADS]);
  const strip = VITALS.map((vital) => {
    const verdict = verdictOf(vital, now.data?.totals[vital.id]);
    const name = t(`measure.${vital.id}`);
    return { ...vital, name: verdict ? t('speed.verdict', { name, verdict: t(`speed.${verdict}`) }) : name };
  });
  const chosen = VITALS.find((one) => one.id === address.measure) ?? VITALS[0]!;
  const seen = { ...view, measure: chosen };
  const columns = [LOADS, ...VITALS].map((one) => ({
    ...one,
    name: t(`speed.short.${one.id}`),
    extra: one.id === 'layoutShift' || one.id === 'firstByte',
  }));
  return (
    <AnalysisPage title={t('nav.speed')} view={view} change={change} trust={now.data?.trust}>
      {now.isError ? (
        <Problem error={now.error} onRetry={now.refetch} />
      ) : now.data && !now.data.totals.measuredLoads ? (
        <EmptyState title={t('speed.none')} text={t('speed.noneText')} />
      ) : (
        <div aria-busy={now.data === undefined || now.isPlaceholderData}>
          <MeasureStrip measures={[...strip, LOADS]} now={now.data} before={before.data} view={seen} change={change} />
          <TimeSection now={now.data} before={before.data} view={seen} change={change} />
          <div className={overview.columns}>
            {TABLES.map(({ tab, dimensions }) => (
              <Breakdown
                key={tab}
                label={t(`breakdown.${tab}`)}
                tab={tab}
                dimensions={dimensions}
                columnsOf={() => columns}
                view={view}
                change={change}
              />
            ))}
          </div>
        </div>
      )}
    </AnalysisPage>
  );
}
