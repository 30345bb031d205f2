// One product's cost by hand, from a day on.
import { Autocomplete, Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { todayIn } from '../../../../web/dates.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useRules } from '../../../../web/parts/rules.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './goods.module.css';
import type { Product } from './products.ts';

export function EnterGoodsCost({ product, products }: { product: string; products: readonly Product[] }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const form = useForm({
    initialValues: { product, fromDay: todayIn(workspace.timeZone), cost: '', currency: workspace.currency },
    validate: {
      product: rules.filled,
      fromDay: rules.filled,
      cost: (value) => (/^\d{1,13}([.,]\d{1,4})?$/.test(value.trim()) ? null : t('costs.amountWrong')),
      currency: (value) => (/^[A-Za-z]{3}$/.test(value.trim()) ? null : t('costs.currencyWrong')),
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      client.goodsCosts.set({
        workspace: workspace.id,
        product: values.product.trim(),
        fromDay: values.fromDay,
        cost: values.cost.trim().replace(',', '.'),
        currency: values.currency.trim().toUpperCase(),
      }),
    onSuccess: async () => {
      form.setFieldValue('cost', '');
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: api.goodsCosts.key() }),
        queryClient.invalidateQueries({ queryKey: api.shop.key() }),
      ]);
    },
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Autocomplete
        label={t('goods.number')}
        data={[...new Set(products.map(({ id }) => id))]}
        limit={50}
        maxLength={300}
        {...form.getInputProps('product')}
      />
      <TextInput label={t('goods.cost')} inputMode="decimal" placeholder="59.00" {...form.getInputProps('cost')} />
      <TextInput label={t('costs.currency')} maxLength={3} {...form.getInputProps('currency')} />
      <TextInput type="date" label={t('goods.since')} {...form.getInputProps('fromDay')} />
      <Button className={styles.save} type="submit" loading={save.isPending}>
        {t('costs.save')}
      </Button>
      {save.isError && <Problem error={save.error} />}
      {save.data && <p role="status">{t('goods.saved', { product: save.data.product })}</p>}
    </form>
  );
}
