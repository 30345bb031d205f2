// Why the figures differ: from our visits to theirs, each step with its number and its reason.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatValue } from '../../../web/format.ts';
import { Section } from '../../../web/parts/section.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Counter, CounterBridge } from '../contract.ts';
import styles from './counters.module.css';

interface Line {
  id: string;
  name: string;
  why: string;
  visits: number;
  sum?: boolean;
}

export function BridgeSection({ bridge, name, counter }: { bridge: CounterBridge; name: string; counter: Counter }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const share = (value: number, of: number) =>
    formatValue(of === 0 ? null : Math.abs(value / of), 'share', i18n.language);
  const date = (day: string) => formatDate(day, i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const left = bridge.theirs - bridge.expected;
  const why = (code: string): string =>
    t(`counters.step.${code}.why`, { name, ourZone: bridge.ourZone, theirZone: bridge.theirZone });
  const leftWhy = (): string => {
    if (!bridge.traces) return t('counters.noTraces', { name });
    if (left > 0)
      return bridge.robots > 0 ? t('counters.leftRobots', { robots: number(bridge.robots) }) : t('counters.leftMore');
    return left < 0 ? t('counters.leftLess') : t('counters.leftNone');
  };
  const lines: Line[] = [
    { id: 'ours', name: t('counters.ours'), why: t('counters.oursWhy'), visits: bridge.ours, sum: true },
    ...bridge.steps.map(({ code, visits }) => ({
      id: code,
      name: t(`counters.step.${code}.name`),
      why: why(code),
      visits,
    })),
    {
      id: 'expected',
      name: t('counters.expected', { name }),
      why: t('counters.expectedWhy'),
      visits: bridge.expected,
      sum: true,
    },
    { id: 'left', name: t('counters.left'), why: leftWhy(), visits: left },
    { id: 'theirs', name, why: t(`counters.theirsWhy.${counter}`), visits: bridge.theirs, sum: true },
  ];
  const signed = (line: Line): string =>
    line.sum || line.visits === 0
      ? number(line.visits)
      : `${line.visits > 0 ? '+' : '−'}${number(Math.abs(line.visits))}`;
  const most = Math.max(1, ...lines.map(({ visits }) => Math.abs(visits)));
  return (
    <Section
      title={t('counters.whyTitle')}
      hint={t('counters.whyDays', { from: date(bridge.from), to: date(bridge.to), count: bridge.days })}
      actions={
        <ScreenTable
          name={t('counters.whyTitle')}
          columns={[
            { id: 'step', head: t('counters.stepHead'), render: (line) => line.name, value: (line) => line.name },
            { id: 'visits', head: t('counters.figure.visits'), render: signed, value: (line) => line.visits },
            { id: 'why', head: t('counters.reason'), render: (line) => line.why, value: (line) => line.why },
          ]}
          rows={lines}
        />
      }
    >
      <p className={styles.verdict}>
        {t(left === 0 ? 'counters.verdictAll' : 'counters.verdict', {
          name,
          share: share(bridge.theirs - bridge.ours, bridge.ours),
          left: share(left, bridge.theirs),
          way: t(bridge.theirs >= bridge.ours ? 'counters.more' : 'counters.less'),
        })}
      </p>
      <ol className={styles.bridge}>
        {lines.map((line) => (
          <li key={line.id} className={line.sum ? styles.total : undefined}>
            <b className={styles.number}>{signed(line)}</b>
            <span className={styles.bar} aria-hidden="true">
              <i
                className={line.sum ? styles.whole : line.visits < 0 ? styles.minus : styles.plus}
                style={{ width: `${(Math.abs(line.visits) / most) * 100}%` }}
              />
            </span>
            <div>
              <p className={styles.step}>{line.name}</p>
              <p className={styles.why}>
                {line.why}
                {line.id === 'left' && left > 0 && bridge.robots > 0 && (
                  <>
                    {' '}
                    <Link to={`/w/${workspace.id}/settings/care`}>{t('counters.toRobots')}</Link>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
