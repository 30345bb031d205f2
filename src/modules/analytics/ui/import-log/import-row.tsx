// One import: how far it is while it runs, its numbers when it is done, and the way out when it failed.
import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatMoment, formatValue } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './import-log.module.css';
import { ImportNumbers } from './import-numbers.tsx';

export type LogImport = Awaited<ReturnType<typeof client.logImports.list>>[number];

export function ImportRow({ row, manage }: { row: LogImport; manage: boolean }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const at = { workspace: workspace.id, run: row.id };
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.logImports.key() });
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel(at), onSettled: refresh });
  const retry = useMutation({ mutationFn: () => client.jobs.retry(at), onSettled: refresh });
  const [first, ...more] = row.files;
  const live = row.state === 'waiting' || row.state === 'running';
  const share = row.total ? row.done / row.total : 0;
  const lines = formatValue(row.lines, 'count', i18n.language);
  const stoppable = manage && live && !row.stopping;
  return (
    <li className={styles.import}>
      <div className={styles.head}>
        <strong className={styles.name}>
          {more.length === 0 ? first?.name : t('importLog.andMore', { name: first?.name, count: more.length })}
        </strong>
        <span className={styles.quiet}>
          {row.site?.host} · {formatMoment(row.createdAt, i18n.language, workspace.timeZone)} · {row.who}
        </span>
      </div>
      {live && (
        <>
          <Progress value={share * 100} aria-label={t('importLog.reading')} />
          <p className={styles.quiet}>
            {row.stopping
              ? t('importLog.stopping')
              : row.state === 'waiting'
                ? t(row.error === null ? 'importLog.waits' : 'importLog.triesAgain', {
                    when: formatMoment(row.runAt, i18n.language, workspace.timeZone),
                  })
                : share >= 1
                  ? t('importLog.visits', { lines })
                  : t('importLog.read', { share: formatValue(share, 'share', i18n.language), lines })}
          </p>
        </>
      )}
      {row.state === 'done' && row.summary && <ImportNumbers row={row} summary={row.summary} />}
      {row.state === 'cancelled' && <p className={styles.state}>{t('importLog.cancelled', { lines })}</p>}
      {(row.state === 'failed' || row.state === 'dead') && (
        <p className={styles.bad}>
          {t('importLog.failed')} {row.error}
        </p>
      )}
      {(cancel.isError || retry.isError) && <Problem error={cancel.error ?? retry.error} />}
      {stoppable && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('importLog.stop')}
        </Button>
      )}
      {manage && (row.state === 'cancelled' || row.state === 'dead') && (
        <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('importLog.goOn')}
        </Button>
      )}
    </li>
  );
}
