// What one product has cost and since when; each can be taken back, and that undone.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatDate, majorUnits } from '../../../../web/format.ts';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { Rows } from '../../../../web/parts/rows.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { GoodsCost } from '../../goods/contract.ts';
import styles from './goods.module.css';

export function GoodsHistory({ product, costs }: { product: string; costs: readonly GoodsCost[] }) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const problem = useProblemText();
  const reload = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: api.goodsCosts.key() }),
      queryClient.invalidateQueries({ queryKey: api.shop.key() }),
    ]);
  const money = ({ cost, currency }: GoodsCost) => `${majorUnits(cost, currency)} ${currency}`;
  const date = (day: string) =>
    day <= '2000-01-01' ? t('goods.always') : formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const remove = useMutation({
    mutationFn: (cost: GoodsCost) => client.goodsCosts.remove({ workspace: workspace.id, cost: cost.id }),
    onSuccess: async (_, taken) => {
      await offerUndo({
        text: t('goods.removed', { product, cost: money(taken) }),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          const { fromDay, cost, currency } = taken;
          await client.goodsCosts.set({
            ...{ workspace: workspace.id, product, fromDay, currency },
            cost: majorUnits(cost, currency),
          });
          await reload();
        },
      });
      await reload();
    },
  });
  const own = costs.filter((one) => one.product === product);
  return (
    <Section title={t('goods.history', { product })}>
      {remove.error && <Problem error={remove.error} />}
      <Rows rows={own} empty={t('goods.noHistory')}>
        {(cost) => (
          <li key={cost.id} className={styles.row}>
            <span>{date(cost.fromDay)}</span>
            <span className={styles.amount}>{money(cost)}</span>
            {may('costs:manage') && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${t('costs.remove')}: ${date(cost.fromDay)}`}
                onClick={() => remove.mutate(cost)}
              >
                {t('costs.remove')}
              </Button>
            )}
          </li>
        )}
      </Rows>
    </Section>
  );
}
