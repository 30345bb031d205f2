// What each role may do without asking, in a sentence, and changing it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type client } from '../../../web/api.ts';
import { currencySign, formatValue } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { LimitForm } from './limit-form.tsx';
import styles from './workspaces.module.css';

export type LimitRow = Awaited<ReturnType<typeof client.limits.list>>[number];

function useLimitWords(): (limit: LimitRow) => string {
  const { t, i18n } = useTranslation();
  const money = (minor: number, currency: string) =>
    `${formatValue(minor, 'money', i18n.language, currency)} ${currencySign(currency, i18n.language)}`;
  return (limit) => {
    const { moneyPerAction: once, moneyPerMonth: month, discountPercent: discount, currency } = limit;
    const spend =
      once === null && month === null
        ? t('limits.anyMoney')
        : once === 0 || month === 0
          ? t('limits.noMoney')
          : [
              once !== null && t('limits.once', { money: money(once, currency) }),
              month !== null && t('limits.month', { money: money(month, currency) }),
            ]
              .filter(Boolean)
              .join(', ');
    const off =
      discount === null
        ? t('limits.anyDiscount')
        : discount === 0
          ? t('limits.noDiscount')
          : t('limits.upTo', { percent: discount });
    const acts = (['mayPublish', 'maySend', 'mayErase'] as const).filter((act) => limit[act]);
    const free = acts.length === 0 ? t('limits.asks') : acts.map((act) => t(`limits.short.${act}`)).join(', ');
    return [spend, off, free].join(' · ');
  };
}

export function Limits() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const words = useLimitWords();
  const [editing, setEditing] = useState<LimitRow | null>(null);
  const list = useQuery(api.limits.list.queryOptions({ input: { workspace: workspace.id } }));
  const mine = (role: LimitRow['role']) =>
    may('members:manage') && role !== 'owner' && (role !== 'head' || workspace.role === 'owner');
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  return (
    <>
      <Rows rows={list.data} empty={t('limits.title')}>
        {(limit) => (
          <li key={limit.role} className={styles.row}>
            <div>
              <div>{t(`roles.${limit.role}.name`)}</div>
              <div className={styles.quiet}>{words(limit)}</div>
            </div>
            <span />
            {mine(limit.role) && (
              <Button
                variant="default"
                aria-label={`${t('limits.change')}: ${t(`roles.${limit.role}.name`)}`}
                onClick={() => setEditing(limit)}
              >
                {t('limits.change')}
              </Button>
            )}
          </li>
        )}
      </Rows>
      {editing && <LimitForm limit={editing} onClose={() => setEditing(null)} />}
    </>
  );
}
