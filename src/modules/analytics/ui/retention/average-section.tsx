// The average of all cohorts, unit by unit, as a curve.
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { currencySign } from '../../../../web/format.ts';
import { ChartFiles } from '../../../../web/parts/chart-files.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { TimeChart } from '../../../../web/parts/time-chart.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { RetentionAnswer } from '../../retention/contract.ts';
import type { View } from '../view.ts';
import { type RetentionState, useCellWords } from './retention-state.ts';

interface Props {
  answer: RetentionAnswer;
  state: RetentionState;
  view: View;
}

export function AverageSection({ answer, state, view }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const said = useCellWords(state);
  const box = useRef<HTMLDivElement>(null);
  // the first unit is everyone by definition and would press the rest flat
  const from = state.count === 'people' && state.back === 'visit' ? 1 : 0;
  const points = useMemo(
    () =>
      answer.average
        .filter(({ unit, value }) => unit >= from && value !== null)
        .map(({ unit, value }) => ({
          label: `+${unit}`,
          title: t(`retention.after.${state.unit}`, { n: unit }),
          value,
          open: false,
          before: null,
          beforeTitle: '',
        })),
    [answer.average, from, state.unit, t],
  );
  const title = t(`retention.average.${state.count}`, { sign: currencySign(workspace.currency, i18n.language) });
  const about = `${view.scope.period[0]} – ${addDays(view.scope.period[1], -1)}`;
  if (points.length === 0) return null;
  return (
    <Section
      title={title}
      hint={t('retention.averageHint')}
      actions={<ChartFiles box={() => box.current} title={title} about={about} />}
    >
      <div ref={box}>
        <TimeChart label={title} points={points} compared={false} format={said} onPoint={() => {}} />
      </div>
    </Section>
  );
}
