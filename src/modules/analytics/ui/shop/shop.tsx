// The shop: what was sold and to whom, how far visitors come, and products, categories, brands, coupons and lists.
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { AnalysisPage } from '../analysis-page.tsx';
import { useView } from '../view.ts';
import styles from './shop.module.css';
import { ShopFigures } from './shop-figures.tsx';
import { ShopGoods } from './shop-goods.tsx';
import { ShopSteps } from './shop-steps.tsx';
import { useShop } from './use-shop.ts';

export default function Shop() {
  const { t } = useTranslation();
  const [view, change] = useView();
  const { report, summary, before } = useShop(view);
  const failed = report.isError ? report : summary.isError ? summary : null;
  const none =
    summary.data !== undefined &&
    summary.data.buyers.all === 0 &&
    Object.values(summary.data.funnel).every((n) => n === 0) &&
    !report.data?.totals.revenue;
  return (
    <AnalysisPage title={t('nav.shop')} view={view} change={change} trust={summary.data?.trust}>
      {failed && <Problem error={failed.error} onRetry={failed.refetch} />}
      {!failed && none && <EmptyState title={t('shop.empty')} text={t('shop.emptyText')} />}
      {!failed && !none && (
        <div className={summary.isPlaceholderData ? styles.stale : undefined} aria-busy={summary.data === undefined}>
          <ShopFigures totals={report.data?.totals} shop={summary.data} before={before} />
          <ShopSteps shop={summary.data} />
          <ShopGoods view={view} change={change} />
        </div>
      )}
    </AnalysisPage>
  );
}
