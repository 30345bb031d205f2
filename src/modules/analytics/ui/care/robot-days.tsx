// Views of robots and of spam by day.
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../web/dates.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { TimeChart } from '../../../../web/parts/time-chart.tsx';

interface Props {
  days: readonly { day: string; robots: number; spam: number }[];
  from: string;
  to: string;
}

export function RobotDays({ days, from, to }: Props) {
  const { t, i18n } = useTranslation();
  const known = new Map(days.map((one) => [one.day, one.robots + one.spam]));
  const points = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const words = (options: Intl.DateTimeFormatOptions) =>
      formatDate(day, i18n.language, { ...options, timeZone: 'UTC' });
    points.push({
      label: words({ day: 'numeric', month: 'short' }),
      title: words({ dateStyle: 'medium' }),
      value: known.get(day) ?? 0,
      ...{ open: day === to, before: null, beforeTitle: '' },
    });
  }
  return (
    <TimeChart
      label={t('care.robotsByDay')}
      points={points}
      compared={false}
      format={(value) => formatValue(value, 'count', i18n.language)}
      onPoint={() => {}}
    />
  );
}
