// The check of tags: what is wrong with those that visits truly carried, the most visits first, each with what to do.
import { Button } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatDate, formatValue } from '../../../web/format.ts';
import type { Column } from '../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { AnalysisPage, useValueWords, useView } from '../../analytics/ui/index.ts';
import type { TagFault } from '../tags/contract.ts';
import styles from './tag-check.module.css';

const ALIAS = ['slip', 'keyboard', 'spelling'];

export default function TagCheck() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [view, change] = useView('90d');
  const [address, setAddress] = useAddress();
  const words = useValueWords();
  const problem = useProblemText();
  const manage = may('analytics:manage');
  const leftAlone = address.left === 'alone';
  const found = useQuery(
    api.tagFaults.find.queryOptions({
      input: { workspace: workspace.id, ...view.scope, leftAlone },
      placeholderData: keepPreviousData,
    }),
  );
  const reload = () => queryClient.invalidateQueries({ queryKey: api.tagFaults.key() });
  const leave = useMutation({
    mutationFn: ({ key, to }: { key: string; to: boolean }) =>
      client.tagFaults.leaveAlone({ workspace: workspace.id, key, leave: to }),
    onSuccess: async (_, { key, to }) => {
      await offerUndo({
        text: t(to ? 'tagCheck.left' : 'tagCheck.shown'),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.tagFaults.leaveAlone({ workspace: workspace.id, key, leave: !to });
          await reload();
        },
      });
      await reload();
    },
  });
  const alias = useMutation({
    mutationFn: ({ field, value, instead }: TagFault) =>
      client.tagFaults.addAlias({ workspace: workspace.id, field, value, instead: instead ?? '' }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.links.key() });
      await reload();
    },
  });
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const date = (day: string) => formatDate(day, i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const said = (fault: TagFault): string =>
    t(`tagCheck.fault.${fault.code}`, {
      field: t(`links.field.${fault.field}`),
      value: fault.value,
      instead: fault.instead ?? '',
      about: fault.about,
    });
  const advice = (fault: TagFault): string =>
    [
      t(`tagCheck.advice.${fault.code}`, { instead: fault.instead ?? '', page: fault.page ?? '' }),
      fault.wouldBe && fault.instead
        ? t('tagCheck.wouldBe', {
            instead: fault.instead,
            channel: words('channel', fault.channel),
            next: words('channel', fault.wouldBe),
          })
        : '',
    ]
      .filter(Boolean)
      .join(' ');
  const filters = (fault: TagFault) =>
    fault.code === 'untagged-ads'
      ? [
          ['source', 'is', fault.about.split(' / ')[0]],
          ['campaign', 'is', ''],
        ]
      : fault.code === 'unassigned'
        ? [['channel', 'is', 'Unassigned']]
        : fault.code === 'no-campaign'
          ? [['source', 'is', fault.about.split(' / ')[0]]]
          : [[fault.field, 'is', fault.value]];
  const columns: Column<TagFault>[] = [
    { id: 'visits', head: t('links.visits'), render: (one) => one.visits, value: (one) => one.visits },
    { id: 'fault', head: t('tagCheck.what'), render: said },
    { id: 'do', head: t('tagCheck.todo'), render: advice },
    { id: 'first', head: t('tagCheck.first'), render: (one) => one.first },
    { id: 'last', head: t('tagCheck.last'), render: (one) => one.last },
  ];
  const { faults, tagged = 0, faulty = 0, visits = 0 } = found.data ?? {};
  return (
    <AnalysisPage
      title={t(leftAlone ? 'tagCheck.leftAlone' : 'nav.tagCheck')}
      view={view}
      change={change}
      trust={found.data?.trust}
      actions={
        (leftAlone || (found.data?.leftAlone ?? 0) > 0) && (
          <Button variant="default" onClick={() => setAddress({ left: leftAlone ? undefined : 'alone' })}>
            {leftAlone ? t('tagCheck.back') : t('tagCheck.toLeft', { count: found.data?.leftAlone ?? 0 })}
          </Button>
        )
      }
    >
      {[leave, alias].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      {found.isError ? (
        <Problem error={found.error} onRetry={found.refetch} />
      ) : (
        <div aria-busy={found.isPlaceholderData}>
          {found.data && (
            <div className={styles.head}>
              <p className={styles.sum}>
                {t('tagCheck.sum', {
                  tagged: number(tagged),
                  share: formatValue(visits === 0 ? null : tagged / visits, 'share', i18n.language),
                })}{' '}
                <b>
                  {t('tagCheck.faulty', {
                    faulty: number(faulty),
                    share: formatValue(tagged === 0 ? null : faulty / tagged, 'share', i18n.language),
                  })}
                </b>
              </p>
              <ScreenTable name={t('nav.tagCheck')} columns={columns} rows={faults} />
            </div>
          )}
          {faults?.length === 0 && !leftAlone ? (
            <EmptyState
              title={t(tagged === 0 ? 'tagCheck.noTags' : 'tagCheck.none')}
              text={t(tagged === 0 ? 'tagCheck.noTagsText' : 'tagCheck.noneText')}
            >
              <Button component={RouterLink} to={`/w/${workspace.id}/links`}>
                {t('tagCheck.toLinks')}
              </Button>
            </EmptyState>
          ) : (
            <Rows rows={faults} empty={t('tagCheck.noneLeft')}>
              {(fault) => (
                <li key={fault.key} className={styles.fault}>
                  <div className={styles.figure}>
                    <b>{number(fault.visits)}</b>
                    <span>{t('tagCheck.visits', { count: fault.visits })}</span>
                  </div>
                  <div className={styles.words}>
                    <p className={styles.said}>{said(fault)}</p>
                    <p>{advice(fault)}</p>
                    <p className={styles.when}>
                      {fault.about} · {words('channel', fault.channel || 'Unassigned')} ·{' '}
                      {fault.first === fault.last
                        ? date(fault.last)
                        : t('tagCheck.between', { first: date(fault.first), last: date(fault.last) })}
                    </p>
                  </div>
                  <div className={styles.actions}>
                    {manage && fault.instead !== null && ALIAS.includes(fault.code) && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        loading={alias.isPending && alias.variables.key === fault.key}
                        aria-label={`${t('tagCheck.addAlias')}: ${fault.value}`}
                        onClick={() => alias.mutate(fault)}
                      >
                        {t('tagCheck.addAlias')}
                      </Button>
                    )}
                    {fault.code !== 'inside' && (
                      <Button
                        component={RouterLink}
                        variant="default"
                        size="compact-sm"
                        to={`/w/${workspace.id}/overview`}
                        search={{ period: view.period, filters: filters(fault) } as never}
                        aria-label={`${t('tagCheck.open')}: ${fault.about}`}
                      >
                        {t('tagCheck.open')}
                      </Button>
                    )}
                    {manage && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        aria-label={`${t(leftAlone ? 'tagCheck.show' : 'tagCheck.leave')}: ${fault.about}`}
                        onClick={() => leave.mutate({ key: fault.key, to: !leftAlone })}
                      >
                        {t(leftAlone ? 'tagCheck.show' : 'tagCheck.leave')}
                      </Button>
                    )}
                  </div>
                </li>
              )}
            </Rows>
          )}
        </div>
      )}
    </AnalysisPage>
  );
}
