// Keys with which other programs read and write this company's data.
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Confirm } from '../../../web/parts/confirm.tsx';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './workspaces.module.css';

export default function Keys() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const list = useQuery(api.apiKeys.list.queryOptions({ input: { workspace: workspace.id } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.apiKeys.key() });
  const form = useForm({ initialValues: { name: '' }, validate: { name: rules.filled } });
  const create = useMutation({
    mutationFn: ({ name }: { name: string }) => client.apiKeys.create({ workspace: workspace.id, name }),
    onSuccess: async () => {
      form.reset();
      await reload();
    },
  });
  const revoke = useMutation({
    mutationFn: (key: string) => client.apiKeys.revoke({ workspace: workspace.id, key }),
    onSuccess: async () => {
      setRevoking(null);
      create.reset();
      await reload();
    },
  });
  const moment = (iso: string) => formatMoment(iso, i18n.language, workspace.timeZone);
  return (
    <Page title={t('nav.keys')} intro={t('keys.intro')}>
      <Section title={t('keys.new')}>
        <form className={styles.form} onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <TextInput
            label={t('keys.name')}
            placeholder={t('keys.example')}
            maxLength={32}
            {...form.getInputProps('name')}
          />
          <Button type="submit" loading={create.isPending}>
            {t('keys.create')}
          </Button>
        </form>
        {create.isError && <Problem error={create.error} />}
        {create.data && (
          <div role="status">
            <p>{t('keys.once', { name: create.data.name })}</p>
            <CopyLine label={t('keys.key')} value={create.data.key} />
          </div>
        )}
      </Section>
      <Section title={t('keys.list')}>
        {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
        {!list.isError && (
          <Rows rows={list.data} empty={t('keys.none')}>
            {(key) => (
              <li key={key.id} className={styles.row}>
                <div>
                  <div>
                    {key.name} <code>{key.start}…</code>
                  </div>
                  <div className={styles.quiet}>
                    {t('keys.made', { when: moment(key.createdAt) })} ·{' '}
                    {key.lastUsedAt === null ? t('keys.unused') : t('keys.used', { when: moment(key.lastUsedAt) })}
                  </div>
                </div>
                <Button
                  variant="default"
                  aria-label={`${t('keys.revoke')}: ${key.name}`}
                  onClick={() => setRevoking(key)}
                >
                  {t('keys.revoke')}
                </Button>
              </li>
            )}
          </Rows>
        )}
      </Section>
      <Confirm
        opened={revoking !== null}
        title={t('keys.revokeTitle', { name: revoking?.name ?? '' })}
        text={t('keys.revokeText')}
        name={revoking?.name ?? ''}
        action={t('keys.revoke')}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking.id)}
        onClose={() => setRevoking(null)}
      />
    </Page>
  );
}
