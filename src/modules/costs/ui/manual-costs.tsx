// Costs that were entered by hand, each of which can be taken back; the one just taken back can be entered again.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatDate, majorUnits } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './costs.module.css';

type Cost = Awaited<ReturnType<typeof client.costs.rows>>['rows'][number];

export function ManualCosts({ from, to }: { from: string; to: string }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(api.costs.rows.queryOptions({ input: { workspace: workspace.id, from, to, feed: 'manual' } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.costs.key() });
  const remove = useMutation({
    mutationFn: (cost: Cost) => client.costs.remove({ workspace: workspace.id, cost: cost.id }),
    onSuccess: reload,
  });
  const putBack = useMutation({
    mutationFn: ({ site, day, source, medium, campaign, content, term, page, currency, amount, vat }: Cost) =>
      client.costs.set({
        workspace: workspace.id,
        ...{ site, day, source, medium, campaign, content, term, page, currency },
        amount: majorUnits(amount + vat, currency),
        vatIncluded: vat !== 0,
      }),
    onSuccess: async () => {
      remove.reset();
      await reload();
    },
  });
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const money = (cost: Cost) => `${majorUnits(cost.amount, cost.currency)} ${cost.currency}`;
  const about = (cost: Cost) =>
    [cost.source, cost.medium, cost.campaign, cost.page].filter(Boolean).join(' / ') || t('costs.unnamed');
  const removed = remove.isSuccess ? remove.variables : undefined;
  if (list.data?.count === 0 && !removed) return null;
  return (
    <Section
      title={t('costs.manual')}
      hint={
        list.data && list.data.count > list.data.rows.length
          ? t('costs.newest', { shown: list.data.rows.length, count: list.data.count })
          : undefined
      }
    >
      {[list, remove, putBack].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      {removed && (
        <p role="status">
          {t('costs.removed', { amount: money(removed), day: date(removed.day) })}{' '}
          <Button variant="default" size="compact-sm" onClick={() => putBack.mutate(removed)}>
            {t('costs.undo')}
          </Button>
        </p>
      )}
      <Rows rows={list.data?.rows} empty="">
        {(cost) => (
          <li key={cost.id} className={styles.row}>
            <time dateTime={cost.day}>{date(cost.day)}</time>
            <span>{about(cost)}</span>
            <span className={styles.amount}>{money(cost)}</span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`${t('costs.remove')}: ${date(cost.day)}, ${about(cost)}`}
              onClick={() => remove.mutate(cost)}
            >
              {t('costs.remove')}
            </Button>
          </li>
        )}
      </Rows>
    </Section>
  );
}
