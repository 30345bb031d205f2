// How long events of single visitors are kept: what a limit would delete is said before it is set.
import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { Confirm } from '../../../../web/parts/confirm.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './care.module.css';

const CHOICES = [3, 6, 13, 14, 25, 26, 37, 60] as const;

export function Keeping() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const at = { workspace: workspace.id };
  const now = useQuery(api.keeping.get.queryOptions({ input: at }));
  const [chosen, setChosen] = useState<string>();
  const [asking, setAsking] = useState(false);
  const kept = now.data?.months == null ? '' : String(now.data.months);
  const months = chosen ?? kept;
  const preview = useQuery({
    ...api.keeping.preview.queryOptions({ input: { ...at, months: Number(months) } }),
    enabled: months !== '',
  });
  const save = useMutation({
    mutationFn: () => client.keeping.set({ ...at, months: months === '' ? null : Number(months) }),
    onSuccess: async () => {
      setAsking(false);
      setChosen(undefined);
      await queryClient.invalidateQueries({ queryKey: api.keeping.key() });
    },
  });
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  if (now.isError) return <Problem error={now.error} onRetry={now.refetch} />;
  if (now.data === undefined) return <Waiting />;
  const options = [...new Set([...CHOICES, ...(kept === '' ? [] : [Number(kept)])])].sort((a, b) => a - b);
  const deletes = (preview.data?.events ?? 0) > 0;
  return (
    <Section title={t('care.keeping')}>
      <p className={styles.text}>{t('care.keepingText')}</p>
      {now.data.keptFrom && <p className={styles.text}>{t('care.keptFrom', { day: date(now.data.keptFrom) })}</p>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (months !== '' && deletes) setAsking(true);
          else save.mutate();
        }}
      >
        <Select
          label={t('care.keepFor')}
          allowDeselect={false}
          disabled={!may('analytics:manage')}
          data={[
            { value: '', label: t('care.keepAll') },
            ...options.map((count) => ({ value: String(count), label: t('care.months', { count }) })),
          ]}
          value={months}
          onChange={(value) => setChosen(value ?? '')}
        />
        {may('analytics:manage') && (
          <Button type="submit" loading={save.isPending} disabled={months === kept || (months !== '' && !preview.data)}>
            {t('save')}
          </Button>
        )}
      </form>
      {months !== '' && preview.data && (
        <p className={styles.text} role="status">
          {deletes
            ? t('care.wouldDelete', {
                day: date(preview.data.before),
                events: formatValue(preview.data.events, 'count', i18n.language),
                first: date(preview.data.first ?? preview.data.before),
              })
            : t('care.wouldDeleteNone', { day: date(preview.data.before) })}
        </p>
      )}
      {save.isError && !asking && <Problem error={save.error} />}
      <Confirm
        opened={asking}
        title={t('care.keeping')}
        text={t('care.keepingConfirm', { day: preview.data ? date(preview.data.before) : '' })}
        name={workspace.name}
        action={t('save')}
        busy={save.isPending}
        error={save.error}
        onConfirm={() => save.mutate()}
        onClose={() => setAsking(false)}
      />
    </Section>
  );
}
