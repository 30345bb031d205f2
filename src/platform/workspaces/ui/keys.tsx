// Keys with which other programs read and write this company's data.
import { Button } from '@mantine/core';
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
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { NewKey, type NewKeyValues } from './new-key.tsx';
import styles from './workspaces.module.css';

export default function Keys() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const list = useQuery(api.apiKeys.list.queryOptions({ input: { workspace: workspace.id } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.apiKeys.key() });
  const create = useMutation({
    mutationFn: (values: NewKeyValues) => client.apiKeys.create({ workspace: workspace.id, ...values }),
    onSuccess: reload,
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
  const until = (iso: string) => (Date.parse(iso) > Date.now() ? 'keys.until' : 'keys.over');
  return (
    <Page title={t('nav.keys')} intro={t('keys.intro')}>
      <Section title={t('keys.new')}>
        <NewKey key={create.data?.id ?? 'first'} busy={create.isPending} onCreate={create.mutate} />
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
                  <div>{key.permissions.map((one) => t(`rights.${one.replace(':', '-')}`)).join(' · ')}</div>
                  <div className={styles.quiet}>
                    {t('keys.made', { when: moment(key.createdAt) })}
                    {key.madeBy !== '' && `, ${key.madeBy}`} ·{' '}
                    {key.expiresAt === null
                      ? t('keys.forever')
                      : t(until(key.expiresAt), { when: moment(key.expiresAt) })}{' '}
                    · {key.lastUsedAt === null ? t('keys.unused') : t('keys.used', { when: moment(key.lastUsedAt) })}
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
