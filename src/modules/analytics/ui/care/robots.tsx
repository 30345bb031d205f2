// Robots and referrer spam of the last 30 days: who, how much, by which sign, and a way back for each; and referrers that look like spam.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type client } from '../../../../web/api.ts';
import { addDays, todayIn } from '../../../../web/dates.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { RuleKind } from '../../care/contract.ts';
import styles from './care.module.css';
import { RobotDays } from './robot-days.tsx';
import { RuleForm } from './rule-form.tsx';
import { RuleTable } from './rule-table.tsx';
import { useRuleChanges, useRuleList } from './use-rules.ts';

const DAYS = 30;
const KINDS: readonly RuleKind[] = ['spam', 'not-spam', 'robot', 'not-robot'];
type Robot = Awaited<ReturnType<typeof client.robots.list>>['robots'][number];
type Spam = Awaited<ReturnType<typeof client.robots.list>>['spam'][number];
type Suspect = Awaited<ReturnType<typeof client.robots.suspects>>[number];

export function Robots() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const today = todayIn(workspace.timeZone);
  const period: [string, string] = [addDays(today, 1 - DAYS), addDays(today, 1)];
  const input = { workspace: workspace.id, period };
  const found = useQuery(api.robots.list.queryOptions({ input }));
  const suspects = useQuery(api.robots.suspects.queryOptions({ input }));
  const rules = (useRuleList().data ?? []).filter(({ kind }) => KINDS.includes(kind));
  const { add } = useRuleChanges();
  const manage = may('analytics:manage');
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const judge = (kind: RuleKind, pattern: string, name: string) => (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`${t(`care.judge.${kind}`)}: ${pattern}`}
      onClick={() => add.mutate({ kind, pattern, name, site: null })}
    >
      {t(`care.judge.${kind}`)}
    </Button>
  );
  const named = (kind: RuleKind, what: string): string => `${t(`care.kind.${kind}`)}: ${what}`.slice(0, 120);
  const action = <Row,>(render: (row: Row) => React.ReactNode): Column<Row>[] =>
    manage ? [{ id: 'judge', head: '', render }] : [];
  const figures = <Row extends { views: number; visitors: number; last: string }>(): Column<Row>[] => [
    { id: 'views', head: t('care.views'), render: ({ views }) => number(views), value: ({ views }) => views },
    {
      id: 'visitors',
      head: t('care.visitors'),
      extra: true,
      render: ({ visitors }) => number(visitors),
      value: ({ visitors }) => visitors,
    },
    { id: 'last', head: t('care.last'), extra: true, words: true, render: ({ last }) => date(last) },
  ];
  if (found.isError) return <Problem error={found.error} onRetry={found.refetch} />;
  if (found.data === undefined) return <Waiting />;
  const robotColumns: Column<Robot>[] = [
    { id: 'name', head: t('care.robot'), render: ({ name }) => name || t('care.unnamed'), value: ({ name }) => name },
    {
      id: 'agents',
      head: t('care.signature'),
      words: true,
      extra: true,
      render: ({ agents }) => <span className={styles.signature}>{agents[0]}</span>,
      value: ({ agents }) => agents[0] ?? null,
    },
    ...figures<Robot>(),
  ];
  const spamColumns: Column<Spam>[] = [
    { id: 'host', head: t('care.from'), render: ({ host }) => host, value: ({ host }) => host },
    ...figures<Spam>(),
  ];
  const suspectColumns: Column<Suspect>[] = [
    { id: 'host', head: t('care.from'), render: ({ host }) => host, value: ({ host }) => host },
    { id: 'visits', head: t('care.visits'), render: ({ visits }) => number(visits), value: ({ visits }) => visits },
    { id: 'stayed', head: t('care.stayed'), render: ({ stayed }) => number(stayed), value: ({ stayed }) => stayed },
  ];
  const { robots, spam, people, days } = found.data;
  const views = robots.reduce((sum, one) => sum + one.views, 0);
  const spammed = spam.reduce((sum, one) => sum + one.views, 0);
  const share = people + views === 0 ? null : (views + spammed) / (people + views + spammed);
  return (
    <>
      <p className={styles.intro}>
        {t('care.robotsText', { share: formatValue(share, 'share', i18n.language), views: number(views + spammed) })}
      </p>
      {add.isError && <Problem error={add.error} />}
      <div className={styles.chart}>
        <RobotDays days={days} from={period[0]} to={today} />
      </div>
      <Section
        title={t('care.robots')}
        hint={t('care.robotsHint')}
        actions={<ScreenTable name={t('care.robots')} columns={robotColumns} rows={robots} />}
      >
        {robots.length === 0 ? (
          <p className={styles.quiet}>{t('care.noRobots')}</p>
        ) : (
          <DataTable
            caption={t('care.robots')}
            columns={[
              ...robotColumns,
              ...action<Robot>(({ name, pattern }) =>
                pattern.length < 4 ? null : judge('not-robot', pattern, named('not-robot', name || pattern)),
              ),
            ]}
            rows={robots}
            rowKey={({ name }) => name}
          />
        )}
      </Section>
      <Section
        title={t('care.spam')}
        hint={t('care.spamHint')}
        actions={<ScreenTable name={t('care.spam')} columns={spamColumns} rows={spam} />}
      >
        {spam.length === 0 ? (
          <p className={styles.quiet}>{t('care.noSpam')}</p>
        ) : (
          <DataTable
            caption={t('care.spam')}
            columns={[...spamColumns, ...action<Spam>(({ host }) => judge('not-spam', host, named('not-spam', host)))]}
            rows={spam}
            rowKey={({ host }) => host}
          />
        )}
      </Section>
      {(suspects.data?.length ?? 0) > 0 && (
        <Section title={t('care.suspects')} hint={t('care.suspectsHint')}>
          <DataTable
            caption={t('care.suspects')}
            columns={[...suspectColumns, ...action<Suspect>(({ host }) => judge('spam', host, named('spam', host)))]}
            rows={suspects.data}
            rowKey={({ host }) => host}
          />
        </Section>
      )}
      <Section title={t('care.verdicts')} hint={t('care.verdictsHint')}>
        {rules.length === 0 ? (
          <p className={styles.quiet}>{t('care.noVerdicts')}</p>
        ) : (
          <RuleTable caption={t('care.verdicts')} rules={rules} counted={false} />
        )}
      </Section>
      {manage && (
        <Section title={t('care.newVerdict')}>
          <RuleForm kinds={KINDS} />
        </Section>
      )}
    </>
  );
}
