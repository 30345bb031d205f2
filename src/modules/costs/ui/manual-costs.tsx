// Costs that were entered by hand, each of which can be taken back, and that undone.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatDate, majorUnits } from '../../../web/format.ts';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './costs.module.css';

type Cost = Awaited<ReturnType<typeof client.costs.rows>>['rows'][number];

export function ManualCosts({ from, to }: { from: string; to: string }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const problemText = useProblemText();
  const list = useQuery(api.costs.rows.queryOptions({ input: { workspace: workspace.id, from, to, feed: 'manual' } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.costs.key() });
  const remove = useMutation({
    mutationFn: (cost: Cost) => client.costs.remove({ workspace: workspace.id, cost: cost.id }),
    onSuccess: async (_, taken) => {
      await offerUndo({
        text: t('costs.removed', { amount: money(taken), day: date(taken.day) }),
        action: t('undo.action'),
        failed: problemText,
        undo: async () => {
          await enterAgain(taken);
          await reload();
        },
      });
      await reload();
    },
  });
  const enterAgain = ({ site, day, source, medium, campaign, content, term, page, currency, amount, vat }: Cost) =>
    client.costs.set({
      workspace: workspace.id,
      ...{ site, day, source, medium, campaign, content, term, page, currency },
      amount: majorUnits(amount + vat, currency),
      vatIncluded: vat !== 0,
    });
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const money = (cost: Cost) => `${majorUnits(cost.amount, cost.currency)} ${cost.currency}`;
  const about = (cost: Cost) =>
    [cost.source, cost.medium, cost.campaign, cost.page].filter(Boolean).join(' / ') || t('costs.unnamed');
  if (list.data?.count === 0) return null;
  return (
    <Section
      title={t('costs.manual')}
      hint={
        list.data && list.data.count > list.data.rows.length
          ? t('costs.newest', { shown: list.data.rows.length, count: list.data.count })
          : undefined
      }
    >
      {[list, remove].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
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
