// One run of a job, with what can be done about it.
import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment, formatValue } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { JobRun } from '../contract.ts';
import styles from './jobs.module.css';
import { useJobName } from './use-job-name.ts';

export function RunRow({ run, manage }: { run: JobRun; manage: boolean }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const name = useJobName()(run.title);
  const at = { workspace: workspace.id, run: run.id };
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.jobs.key() });
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel(at), onSettled: refresh });
  const retry = useMutation({ mutationFn: () => client.jobs.retry(at), onSettled: refresh });
  const moment = (iso: string) => formatMoment(iso, i18n.language, workspace.timeZone);
  const running = run.state === 'running';
  const share = run.total ? run.done / run.total : null;
  const words = run.words && t(`jobs.words.${run.words.split('.').at(-1) ?? ''}`);
  const state = run.stopping
    ? t('jobs.stopping')
    : run.state === 'waiting' && run.error !== null
      ? t('jobs.state.again', { when: moment(run.runAt), attempt: run.attempt + 1, attempts: run.attempts })
      : t(`jobs.state.${run.state}`, { when: moment(run.finishedAt ?? run.runAt), attempt: run.attempt });
  return (
    <li className={styles.row}>
      <div className={styles.about}>
        <div className={styles.head}>
          <strong>{name}</strong>
          <span className={styles.quiet}>{t('jobs.startedBy', { who: run.who, when: moment(run.createdAt) })}</span>
        </div>
        {running && share !== null && <Progress value={share * 100} aria-label={name} />}
        <p className={styles.quiet}>
          {[state, running && words, running && share !== null && formatValue(share, 'share', i18n.language)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {run.error !== null && run.state !== 'done' && <p className={styles.bad}>{run.error}</p>}
        {(cancel.isError || retry.isError) && <Problem error={cancel.error ?? retry.error} />}
      </div>
      {manage && (running || run.state === 'waiting') && !run.stopping && (
        <Button
          variant="default"
          loading={cancel.isPending}
          aria-label={t('jobs.cancelOne', { name })}
          onClick={() => cancel.mutate()}
        >
          {t('jobs.cancel')}
        </Button>
      )}
      {manage && ['failed', 'dead', 'cancelled'].includes(run.state) && (
        <Button
          variant="default"
          loading={retry.isPending}
          aria-label={t('jobs.retryOne', { name })}
          onClick={() => retry.mutate()}
        >
          {t('jobs.retry')}
        </Button>
      )}
    </li>
  );
}
