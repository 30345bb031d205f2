// One cost by hand: what a day, a campaign or a page cost.
import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { todayIn } from '../../../web/dates.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './costs.module.css';

const EMPTY = { source: '', medium: '', campaign: '', content: '', term: '', page: '', amount: '', vatIncluded: false };

export function EnterCost() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const form = useForm({
    initialValues: { ...EMPTY, site: '', day: todayIn(workspace.timeZone), currency: workspace.currency },
    validate: {
      day: rules.filled,
      amount: (value) => (/^-?\d{1,13}([.,]\d{1,4})?$/.test(value.trim()) ? null : t('costs.amountWrong')),
      currency: (value) => (/^[A-Za-z]{3}$/.test(value.trim()) ? null : t('costs.currencyWrong')),
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      client.costs.set({
        ...values,
        workspace: workspace.id,
        site: values.site || sites.data?.[0]?.id || '',
        amount: values.amount.trim().replace(',', '.'),
        currency: values.currency.trim().toUpperCase(),
      }),
    onSuccess: async () => {
      form.setFieldValue('amount', '');
      await queryClient.invalidateQueries({ queryKey: api.costs.key() });
    },
  });
  const options = sites.data?.map(({ id, host }) => ({ value: id, label: host })) ?? [];
  return (
    <form className={styles.form} onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <TextInput type="date" label={t('costs.day')} {...form.getInputProps('day')} />
      {options.length > 1 && (
        <Select
          label={t('costs.site')}
          data={options}
          allowDeselect={false}
          placeholder={options[0]?.label ?? ''}
          {...form.getInputProps('site')}
        />
      )}
      <TextInput label={t('costs.source')} placeholder="google" {...form.getInputProps('source')} />
      <TextInput label={t('costs.medium')} placeholder="cpc" {...form.getInputProps('medium')} />
      <TextInput label={t('costs.campaign')} {...form.getInputProps('campaign')} />
      <TextInput label={t('costs.page')} placeholder="/tents" {...form.getInputProps('page')} />
      <TextInput label={t('costs.amount')} inputMode="decimal" placeholder="119.00" {...form.getInputProps('amount')} />
      <TextInput label={t('costs.currency')} maxLength={3} {...form.getInputProps('currency')} />
      <Checkbox label={t('costs.vatIncluded')} {...form.getInputProps('vatIncluded', { type: 'checkbox' })} />
      <Button className={styles.save} type="submit" loading={save.isPending} disabled={options.length === 0}>
        {t('costs.save')}
      </Button>
      {save.isError && <Problem error={save.error} />}
      {save.data && <p role="status">{t(`costs.done.${save.data.change}`)}</p>}
    </form>
  );
}
