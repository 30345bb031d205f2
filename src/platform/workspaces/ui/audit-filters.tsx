// What the trail is narrowed to; everything stands in the address, so a view can be passed on.
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api, client } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './audit.module.css';

const NAMES = ['who', 'action', 'target', 'search', 'from', 'to'] as const;
export type AuditFilter = Partial<Record<(typeof NAMES)[number], string>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filters of the address; a day that is none is left out. */
export function useAuditFilter(): [AuditFilter, (change: AuditFilter) => void] {
  const [search, set] = useAddress();
  const filter: AuditFilter = {};
  for (const name of NAMES) {
    const value = search[name];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    if (text === '' || ((name === 'from' || name === 'to') && !DAY.test(text))) continue;
    filter[name] = text;
  }
  return [filter, (change) => set(Object.fromEntries(Object.entries(change).map(([k, v]) => [k, v || undefined])))];
}

export function useActionName(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => t(`audit.action.${action.replaceAll(/[.:]/g, '-')}`, { defaultValue: action }).replace(/:$/, '');
}

export function AuditFilters() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [filter, set] = useAuditFilter();
  const [words, setWords] = useState(filter.search ?? '');
  const actionName = useActionName();
  const later = useDebouncedCallback((search: string) => set({ search }), 300);
  useEffect(() => setWords(filter.search ?? ''), [filter.search]);
  const facets = useQuery(api.audit.facets.queryOptions({ input: { workspace: workspace.id } }));
  const file = useMutation({
    mutationFn: async () => {
      const made = await client.audit.csv({ workspace: workspace.id, ...filter });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(made);
      link.download = made.name || 'audit.csv';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
  const shared = { clearable: true, searchable: true, nothingFoundMessage: t('nothingFound') };
  return (
    <>
      <search className={styles.filters}>
        <TextInput
          label={t('audit.search')}
          type="search"
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            later(event.currentTarget.value.trim());
          }}
        />
        <Select
          label={t('audit.who')}
          {...shared}
          clearButtonProps={{ 'aria-label': t('audit.anyone') }}
          data={facets.data?.people.map((one) => one.value) ?? []}
          value={filter.who ?? null}
          onChange={(who) => set({ who: who ?? '' })}
        />
        <Select
          label={t('audit.what')}
          {...shared}
          clearButtonProps={{ 'aria-label': t('audit.anything') }}
          data={facets.data?.actions.map((one) => ({ value: one.value, label: actionName(one.value) })) ?? []}
          value={filter.action ?? null}
          onChange={(action) => set({ action: action ?? '' })}
        />
        <TextInput
          label={t('audit.from')}
          type="date"
          value={filter.from ?? ''}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t('audit.to')}
          type="date"
          value={filter.to ?? ''}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        {Object.keys(filter).length > 0 && (
          <Button variant="default" onClick={() => set(Object.fromEntries(NAMES.map((name) => [name, ''])))}>
            {t('audit.all')}
          </Button>
        )}
        <Button variant="default" loading={file.isPending} onClick={() => file.mutate()}>
          CSV
        </Button>
      </search>
      {file.isError && <Problem error={file.error} />}
    </>
  );
}
