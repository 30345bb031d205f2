// Exchange rates by day with who says so, and entering one by hand.
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { todayIn } from '../../../../web/dates.ts';
import { formatDate } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { useRules } from '../../../../web/parts/rules.ts';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './money.module.css';

type Rate = Awaited<ReturnType<typeof client.rates.list>>[number];
const OFFERED = ['EUR', 'USD', 'RUB', 'GBP', 'CHF', 'CNY', 'KZT', 'BYN', 'TRY', 'PLN', 'JPY'];
const CODE = /^[A-Za-z]{3}$/;

function EnterRate() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const code = (value: string) => (CODE.test(value.trim()) ? null : t('costs.currencyWrong'));
  const form = useForm({
    initialValues: { day: todayIn(workspace.timeZone), currency: '', toCurrency: workspace.currency, rate: '' },
    validate: {
      day: rules.filled,
      currency: code,
      toCurrency: code,
      rate: (value) => (/^\d{1,12}([.,]\d{1,12})?$/.test(value.trim()) ? null : t('money.rateWrong')),
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      client.rates.set({
        workspace: workspace.id,
        day: values.day,
        currency: values.currency.trim().toUpperCase(),
        toCurrency: values.toCurrency.trim().toUpperCase(),
        rate: values.rate.trim().replace(',', '.'),
      }),
    onSuccess: async () => {
      form.setFieldValue('rate', '');
      await queryClient.invalidateQueries({ queryKey: api.rates.key() });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <div className={styles.form}>
        <TextInput type="date" label={t('money.day')} {...form.getInputProps('day')} />
        <TextInput label={t('money.one')} placeholder="USD" maxLength={3} {...form.getInputProps('currency')} />
        <TextInput label={t('money.rate')} placeholder="0.9234" inputMode="decimal" {...form.getInputProps('rate')} />
        <TextInput label={t('money.in')} maxLength={3} {...form.getInputProps('toCurrency')} />
        <Button type="submit" loading={save.isPending}>
          {t('money.saveRate')}
        </Button>
      </div>
      {save.isError && <Problem error={save.error} />}
    </form>
  );
}

export function Rates() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const problemText = useProblemText();
  const [search, set] = useAddress();
  const currency = typeof search.currency === 'string' && CODE.test(search.currency) ? search.currency : undefined;
  const list = useQuery(
    api.rates.list.queryOptions({ input: { workspace: workspace.id, ...(currency ? { currency } : {}) } }),
  );
  const remove = useMutation({
    mutationFn: ({ id }: Rate) => client.rates.remove({ workspace: workspace.id, rate: id }),
    onSuccess: async (_, { day, currency: from, toCurrency, rate }) => {
      await offerUndo({
        text: t('money.rateRemoved', { pair: `${from} → ${toCurrency}`, day: date(day) }),
        action: t('undo.action'),
        failed: problemText,
        undo: async () => {
          await client.rates.set({ workspace: workspace.id, day, currency: from, toCurrency, rate });
          await reload();
        },
      });
      await reload();
    },
  });
  const reload = () => queryClient.invalidateQueries({ queryKey: api.rates.key() });
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const manage = may('costs:manage');
  const columns: Column<Rate>[] = [
    {
      id: 'pair',
      head: t('money.pair'),
      words: true,
      render: (row) => (
        <>
          1 {row.currency} → {row.toCurrency}
        </>
      ),
    },
    {
      id: 'day',
      head: t('money.day'),
      words: true,
      render: (row) => date(row.day),
    },
    {
      id: 'rate',
      head: t('money.rate'),
      render: (row) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 6 }).format(Number(row.rate)),
    },
    {
      id: 'source',
      head: t('money.source'),
      words: true,
      render: (row) =>
        row.source === 'manual' && manage ? (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`${t('money.byHandRemove')}: ${row.currency}/${row.toCurrency} ${row.day}`}
            onClick={() => remove.mutate(row)}
          >
            {t('money.byHandRemove')}
          </Button>
        ) : (
          t(`money.sources.${row.source}`, { defaultValue: row.source })
        ),
    },
  ];
  return (
    <Section title={t('money.rates')} hint={t('money.ratesHint')}>
      {manage && <EnterRate />}
      <div className={styles.bar}>
        <Select
          label={t('money.show')}
          clearable
          searchable
          placeholder={t('money.all')}
          clearButtonProps={{ 'aria-label': t('money.all') }}
          data={OFFERED}
          value={currency ?? null}
          onChange={(chosen) => set({ currency: chosen ?? undefined })}
        />
      </div>
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {remove.isError && <Problem error={remove.error} />}
      {list.data?.length === 0 && <p className={styles.text}>{t('money.noRates')}</p>}
      {list.data?.length !== 0 && !list.isError && (
        <div className={styles.table}>
          <DataTable caption={t('money.rates')} columns={columns} rows={list.data} rowKey={(row) => row.id} />
          <ScreenTable name={t('money.rates')} columns={columns} rows={list.data} />
        </div>
      )}
    </Section>
  );
}
