// The figures of the shop, each with its change.
import { useTranslation } from 'react-i18next';
import { currencySign, formatChange, formatValue, type Unit } from '../../../../web/format.ts';
import styles from '../../../../web/parts/measure.module.css';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { ReportAnswer } from '../../contract.ts';
import type { ShopAnswer } from '../../shop/contract.ts';
import own from './shop.module.css';

interface Figure {
  id: string;
  unit: Unit;
  /** 1: more is better, -1: less is better, 0: neither */
  direction: 1 | -1 | 0;
  of: (totals: ReportAnswer['totals'] | undefined, shop: ShopAnswer | undefined) => unknown;
}
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const FIGURES: readonly Figure[] = [
  { id: 'revenue', unit: 'money', direction: 1, of: (totals) => totals?.revenue },
  { id: 'orders', unit: 'count', direction: 1, of: (totals) => totals?.orders },
  { id: 'averageOrder', unit: 'money', direction: 1, of: (totals) => totals?.averageOrder },
  { id: 'itemsSold', unit: 'count', direction: 1, of: (totals) => totals?.itemsSold },
  { id: 'itemsPerOrder', unit: 'ratio', direction: 1, of: (_, shop) => shop?.itemsPerOrder },
  { id: 'margin', unit: 'money', direction: 1, of: (totals) => totals?.margin },
  { id: 'marginRate', unit: 'share', direction: 1, of: (totals) => totals?.marginRate },
  { id: 'refunds', unit: 'money', direction: -1, of: (totals) => totals?.refunds },
  { id: 'buyers', unit: 'count', direction: 1, of: (_, shop) => shop?.buyers.all },
  { id: 'repeatRate', unit: 'share', direction: 1, of: (_, shop) => shop?.buyers.repeatRate },
  {
    id: 'repeatAmount',
    unit: 'share',
    direction: 0,
    of: (_, shop) => shop && share(shop.buyers.repeat.amount, shop.buyers.repeat.amount + shop.buyers.new.amount),
  },
  { id: 'daysToSecond', unit: 'count', direction: -1, of: (_, shop) => shop?.buyers.daysToSecond },
  { id: 'cartAbandoned', unit: 'share', direction: -1, of: (_, shop) => shop?.abandoned.cart },
  { id: 'checkoutAbandoned', unit: 'share', direction: -1, of: (_, shop) => shop?.abandoned.checkout },
];

interface Props {
  totals: ReportAnswer['totals'] | undefined;
  shop: ShopAnswer | undefined;
  before: { totals: ReportAnswer['totals'] | undefined; summary: ShopAnswer | undefined } | undefined;
}

export function ShopFigures({ totals, shop, before }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const sign = currencySign(workspace.currency, i18n.language);
  return (
    <dl className={own.figures} aria-label={t('shop.figures')}>
      {FIGURES.map(({ id, unit, direction, of }) => {
        const now = of(totals, shop);
        const change = before && formatChange(now, of(before.totals, before.summary), unit, i18n.language, t('points'));
        const verdict = change ? change.sign * direction : 0;
        return (
          <div key={id}>
            <dt className={styles.label} title={t(`shop.explained.${id}`)}>
              {t(`shop.figure.${id}`, { sign })}
            </dt>
            <dd className={styles.value}>{formatValue(now, unit, i18n.language, workspace.currency)}</dd>
            <dd className={verdict > 0 ? styles.good : verdict < 0 ? styles.bad : styles.neutral}>{change?.text}</dd>
          </div>
        );
      })}
    </dl>
  );
}
