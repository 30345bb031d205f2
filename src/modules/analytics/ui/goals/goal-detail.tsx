// One goal: its figures with their change, over time, and by what leads to it.
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import type { Goal, GoalDefinition } from '../../goals/contract.ts';
import { Breakdown } from '../breakdown.tsx';
import { MeasureStrip } from '../measure-strip.tsx';
import { measureOf } from '../measures.ts';
import overview from '../overview.module.css';
import { TimeSection } from '../time-section.tsx';
import { useOverview } from '../use-overview.ts';
import type { View, ViewChange } from '../view.ts';
import { useGoalMeasures } from './goal-measures.ts';
import styles from './goals.module.css';
import { useGoalWords } from './use-goal-words.ts';

const TABLES = [
  { tab: 'traffic', dimensions: ['channel', 'source', 'campaign'] },
  { tab: 'content', dimensions: ['landingPage', 'exitPage'] },
  { tab: 'place', dimensions: ['country', 'language'] },
  { tab: 'device', dimensions: ['device', 'browser', 'system'] },
] as const;

interface Props {
  goal: Goal;
  view: View;
  change: (change: ViewChange) => void;
}

export function GoalDetail({ goal, view, change }: Props) {
  const { t } = useTranslation();
  const [address] = useAddress();
  const words = useGoalWords();
  const measures = useGoalMeasures()(goal);
  const { now, before } = useOverview(view, measures);
  const shown = measures.filter((one) => one.unit !== 'money' || Boolean(now.data?.totals[one.id]));
  const measure = shown.find((one) => one.id === address.measure) ?? measures[0];
  const seen = { ...view, measure };
  const [conversions, visits, rate] = measures;
  return (
    <>
      <p className={styles.sentence}>{words(goal.definition as GoalDefinition)}</p>
      {now.isError ? (
        <Problem error={now.error} onRetry={now.refetch} />
      ) : (
        <div aria-busy={now.data === undefined || now.isPlaceholderData}>
          <MeasureStrip measures={shown} now={now.data} before={before.data} view={seen} change={change} />
          <TimeSection now={now.data} before={before.data} view={seen} change={change} />
          <div className={overview.columns}>
            {TABLES.map(({ tab, dimensions }) => (
              <Breakdown
                key={tab}
                label={t(`breakdown.${tab}`)}
                tab={tab}
                dimensions={dimensions}
                columnsOf={() => [conversions, { ...visits, name: t('goals.visitsShort') }, rate, measureOf('visits')]}
                view={view}
                change={change}
              />
            ))}
          </div>
        </div>
      )}
    </>
  );
}
