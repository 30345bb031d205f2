// Services outside that the company has connected, whether each works, and a way to connect another.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../../web/api.ts';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { ConnectionForm } from './connection-form.tsx';
import { ConnectionRow } from './connection-row.tsx';
import styles from './connections.module.css';

export default function Connections() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [adding, setAdding] = useState<string | null>(null);
  const input = { workspace: workspace.id };
  const providers = useQuery(api.connections.providers.queryOptions({ input }));
  const list = useQuery(api.connections.list.queryOptions({ input }));
  const reload = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: api.connections.key() }),
      queryClient.invalidateQueries({ queryKey: api.mail.key() }),
    ]);
  const added = providers.data?.find((one) => one.id === adding);
  const manage = may('connections:manage');
  return (
    <Page title={t('nav.connections')} intro={t('connections.intro')}>
      <Section title={t('connections.yours')}>
        {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
        {list.data?.length === 0 && <EmptyState title={t('connections.none')} text={t('connections.noneText')} />}
        {!list.isError && list.data?.length !== 0 && (
          <Rows rows={list.data} empty={t('connections.none')}>
            {(one) => (
              <ConnectionRow
                key={one.id}
                connection={one}
                provider={providers.data?.find((known) => known.id === one.provider)}
                manage={manage}
                onChange={reload}
              />
            )}
          </Rows>
        )}
      </Section>
      {manage && (
        <Section title={t('connections.add')}>
          {providers.isError && <Problem error={providers.error} onRetry={providers.refetch} />}
          {added ? (
            <div className={styles.adding}>
              <h3>{t(`providers.of.${added.id}.name`)}</h3>
              <ConnectionForm
                provider={added}
                onDone={async () => {
                  setAdding(null);
                  await reload();
                }}
                onCancel={() => setAdding(null)}
              />
            </div>
          ) : (
            <Rows rows={providers.data} empty="">
              {(one) => (
                <li key={one.id} className={styles.row}>
                  <div>
                    <div className={styles.name}>{t(`providers.of.${one.id}.name`)}</div>
                    <div className={styles.quiet}>{t(`providers.of.${one.id}.what`)}</div>
                  </div>
                  <Button
                    variant="default"
                    aria-label={`${t('connections.connect')}: ${t(`providers.of.${one.id}.name`)}`}
                    onClick={() => setAdding(one.id)}
                  >
                    {t('connections.connect')}
                  </Button>
                </li>
              )}
            </Rows>
          )}
        </Section>
      )}
    </Page>
  );
}
