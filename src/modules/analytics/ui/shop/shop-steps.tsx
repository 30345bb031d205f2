// From looking at a product to the order: how many visitors came how far.
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import type { ShopAnswer } from '../../shop/contract.ts';

const STEPS = ['viewed', 'cart', 'checkout', 'bought'] as const;
interface Step {
  id: (typeof STEPS)[number];
  visitors: number;
  ofAll: number | null;
  ofBefore: number | null;
}

export function ShopSteps({ shop }: { shop: ShopAnswer | undefined }) {
  const { t, i18n } = useTranslation();
  const rows = shop && stepsOf(shop);
  const most = Math.max(1, ...(rows ?? []).map((row) => row.visitors));
  const share = (value: number | null): string => formatValue(value, 'share', i18n.language);
  const columns: Column<Step>[] = [
    { id: 'step', head: t('shop.steps.step'), render: ({ id }) => t(`shop.steps.${id}`), words: true },
    {
      id: 'visitors',
      head: t('shop.steps.visitors'),
      render: ({ visitors }) => formatValue(visitors, 'count', i18n.language),
      value: ({ visitors }) => visitors,
    },
    {
      id: 'ofBefore',
      extra: true,
      head: t('shop.steps.ofBefore'),
      render: ({ ofBefore }) => share(ofBefore),
      value: (r) => r.ofBefore,
    },
    { id: 'ofAll', head: t('shop.steps.ofAll'), render: ({ ofAll }) => share(ofAll), value: (r) => r.ofAll },
  ];
  return (
    <Section
      title={t('shop.steps.title')}
      actions={<ScreenTable name={t('shop.steps.title')} columns={columns} rows={rows} />}
    >
      <DataTable
        caption={t('shop.steps.title')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        bar={({ visitors }) => visitors / most}
        room={4}
      />
    </Section>
  );
}

function stepsOf({ funnel }: ShopAnswer): Step[] {
  const share = (part: number, whole: number | undefined): number | null => (whole ? part / whole : null);
  return STEPS.map((id, i) => {
    const earlier = STEPS[i - 1];
    return {
      id,
      visitors: funnel[id],
      ofBefore: earlier ? share(funnel[id], funnel[earlier]) : null,
      ofAll: i === 0 ? null : share(funnel[id], funnel.viewed),
    };
  });
}
