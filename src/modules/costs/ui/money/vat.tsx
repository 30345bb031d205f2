// VAT of the company by date: begun with a country's standard rates, changed by hand.
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { likelyCountry, STANDARD_VAT } from '../../../../platform/money/vat-standard-contract.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { todayIn } from '../../../../web/dates.ts';
import { formatDate, regionName } from '../../../../web/format.ts';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { Rows } from '../../../../web/parts/rows.tsx';
import { useRules } from '../../../../web/parts/rules.ts';
import { Section } from '../../../../web/parts/section.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './money.module.css';

type VatRate = Awaited<ReturnType<typeof client.vat.list>>[number];
const reload = () => queryClient.invalidateQueries({ queryKey: api.vat.key() });

function StandardRates() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [country, setCountry] = useState(likelyCountry(workspace) ?? 'DE');
  const take = useMutation({
    mutationFn: async () => {
      for (const [fromDay, percent] of STANDARD_VAT[country] ?? [])
        await client.vat.set({ workspace: workspace.id, fromDay, percent });
    },
    onSuccess: reload,
  });
  return (
    <>
      <div className={styles.form}>
        <Select
          label={t('money.country')}
          searchable
          allowDeselect={false}
          data={Object.keys(STANDARD_VAT)
            .map((value) => ({ value, label: regionName(value, i18n.language) }))
            .sort((a, b) => a.label.localeCompare(b.label, i18n.language))}
          value={country}
          onChange={(chosen) => chosen && setCountry(chosen)}
        />
        <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
          {t('money.takeStandard')}
        </Button>
      </div>
      {take.isError && <Problem error={take.error} />}
    </>
  );
}

export function Vat() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const rules = useRules();
  const problemText = useProblemText();
  const list = useQuery(api.vat.list.queryOptions({ input: { workspace: workspace.id } }));
  const form = useForm({
    initialValues: { fromDay: todayIn(workspace.timeZone), percent: '' },
    validate: {
      fromDay: rules.filled,
      percent: (value) =>
        /^\d{1,3}([.,]\d)?$/.test(value.trim()) && Number(value.replace(',', '.')) <= 100 ? null : t('money.vatWrong'),
    },
  });
  const save = useMutation({
    mutationFn: ({ fromDay, percent }: typeof form.values) =>
      client.vat.set({ workspace: workspace.id, fromDay, percent: Number(percent.replace(',', '.')) }),
    onSuccess: async () => {
      form.setFieldValue('percent', '');
      await reload();
    },
  });
  const remove = useMutation({
    mutationFn: (rate: VatRate) => client.vat.remove({ workspace: workspace.id, rate: rate.id }),
    onSuccess: async (_, { fromDay, percent: gone }) => {
      await offerUndo({
        text: t('money.vatRemoved', { percent: percent(gone), day: day(fromDay) }),
        action: t('undo.action'),
        failed: problemText,
        undo: async () => {
          await client.vat.set({ workspace: workspace.id, fromDay, percent: gone });
          await reload();
        },
      });
      await reload();
    },
  });
  const manage = may('costs:manage');
  const day = (iso: string) => formatDate(iso, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const percent = (value: number) =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100);
  return (
    <Section title={t('money.vat')} hint={t('money.vatHint')}>
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && (
        <Rows rows={list.data} empty={t('money.noVat')}>
          {(rate) => (
            <li key={rate.id} className={styles.row}>
              <span>
                {percent(rate.percent)}{' '}
                <span className={styles.quiet}>{t('money.from', { day: day(rate.fromDay) })}</span>
              </span>
              {manage && (
                <Button
                  variant="default"
                  aria-label={`${t('money.remove')}: ${percent(rate.percent)}, ${day(rate.fromDay)}`}
                  onClick={() => remove.mutate(rate)}
                >
                  {t('money.remove')}
                </Button>
              )}
            </li>
          )}
        </Rows>
      )}
      {manage && list.data?.length === 0 && <StandardRates />}
      {manage && (
        <form className={styles.form} onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <TextInput type="date" label={t('money.vatFrom')} {...form.getInputProps('fromDay')} />
          <TextInput label={t('money.percent')} inputMode="decimal" {...form.getInputProps('percent')} />
          <Button type="submit" loading={save.isPending}>
            {t('money.saveVat')}
          </Button>
        </form>
      )}
      {(save.isError || remove.isError) && <Problem error={save.error ?? remove.error} />}
    </Section>
  );
}
