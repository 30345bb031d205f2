// When everything was last kept safe, this company as one file, and companies that come from elsewhere.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatBytes, formatMoment } from '../../../web/format.ts';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './backup.module.css';
import { TakeIn } from './take-in.tsx';
import { isLive, TransferRow } from './transfer-row.tsx';

const COMMAND = 'npm run -s tradewind -- backup /backups/tradewind.tar --keys /elsewhere/tradewind-keys';
const OLD_MS = 7 * 86_400_000;

export default function Backup() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(
    api.transfers.list.queryOptions({
      input: { workspace: workspace.id },
      refetchInterval: (query) => (query.state.data?.transfers.some(isLive) ? 1000 : false),
    }),
  );
  const reload = () => queryClient.invalidateQueries({ queryKey: api.transfers.key() });
  const exportIt = useMutation({
    mutationFn: () => client.transfers.export({ workspace: workspace.id }),
    onSuccess: reload,
  });
  const companies = list.data?.transfers.filter(({ company }) => company !== null).length ?? 0;
  useEffect(() => {
    // a company that came in is one more to choose from
    if (companies > 0) void queryClient.invalidateQueries({ queryKey: api.me.key() });
  }, [companies]);
  const exporting = list.data?.transfers.some((one) => one.direction === 'export' && isLive(one));
  const last = list.data?.lastBackup;
  return (
    <Page title={t('nav.backup')} intro={t('transfers.intro')}>
      <Section title={t('transfers.everything')}>
        {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
        {list.data && (
          <p className={last && Date.now() - Date.parse(last.at) < OLD_MS ? styles.line : styles.warn}>
            {last
              ? t('transfers.last', {
                  when: formatMoment(last.at, i18n.language, workspace.timeZone),
                  size: formatBytes(last.bytes, i18n.language),
                })
              : t('transfers.never')}
          </p>
        )}
        <p className={styles.line}>{t('transfers.how')}</p>
        <div className={styles.command}>
          <CopyLine label={t('transfers.command')} value={COMMAND} />
        </div>
      </Section>
      <Section title={t('transfers.export')}>
        <p className={styles.line}>{t('transfers.exportText')}</p>
        {workspace.role === 'owner' ? (
          <Button onClick={() => exportIt.mutate()} loading={exportIt.isPending} disabled={exporting === true}>
            {t('transfers.exportNow', { name: workspace.name })}
          </Button>
        ) : (
          <p className={styles.quiet}>{t('transfers.ownerOnly')}</p>
        )}
        {exportIt.isError && <Problem error={exportIt.error} />}
      </Section>
      <Section title={t('transfers.import')}>
        <p className={styles.line}>{t('transfers.importText')}</p>
        <TakeIn workspace={workspace.id} onTaken={reload} />
      </Section>
      <Section title={t('transfers.history')}>
        {!list.isError && (
          <Rows rows={list.data?.transfers} empty={t('transfers.none')}>
            {(one) => <TransferRow key={one.id} transfer={one} onChange={reload} />}
          </Rows>
        )}
      </Section>
    </Page>
  );
}
