// The shop: what was sold and to whom, how far visitors come, and products, categories, brands, coupons and lists.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
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
  const { workspace, may } = useWorkspace();
  const { report, summary, before } = useShop(view);
  // what a report on margin says of itself belongs to the whole screen
  const further = report.data?.trust.notes.filter(({ code }) => code === 'goods-unknown') ?? [];
  const trust = summary.data && { ...summary.data.trust, notes: [...summary.data.trust.notes, ...further] };
  const failed = report.isError ? report : summary.isError ? summary : null;
  const none =
    summary.data !== undefined &&
    summary.data.buyers.all === 0 &&
    Object.values(summary.data.funnel).every((n) => n === 0) &&
    !report.data?.totals.revenue;
  return (
    <AnalysisPage
      title={t('nav.shop')}
      view={view}
      change={change}
      trust={trust}
      actions={
        may('costs:read') && (
          <Button component={Link} to={`/w/${workspace.id}/costs/goods`} variant="default">
            {t('shop.setCosts')}
          </Button>
        )
      }
    >
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
