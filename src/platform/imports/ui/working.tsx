// What a job does with an import: how far it is, what became of it, how to stop it and how to go on.
import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ImportView } from '../contract.ts';
import styles from './imports.module.css';
import { useWords } from './words.ts';

export const isLive = (view: ImportView): boolean => view.run?.state === 'waiting' || view.run?.state === 'running';
/** A job ended and the import is not where it was to go. */
export const isStuck = (view: ImportView): boolean =>
  view.run !== null && !isLive(view) && ['checking', 'writing', 'undoing'].includes(view.state);

export function Working({ view, onChange }: { view: ImportView; onChange: () => void }) {
  const { t } = useTranslation();
  const { number } = useWords();
  const { workspace, may } = useWorkspace();
  const at = { workspace: workspace.id, run: view.run?.id ?? '' };
  const stop = useMutation({ mutationFn: () => client.jobs.cancel(at), onSettled: onChange });
  const goOn = useMutation({
    mutationFn: () => client.jobs.retry(at),
    onSettled: onChange,
  });
  const { run } = view;
  if (run === null) return null;
  const share = run.total ? Math.min(run.done / run.total, 1) : 0;
  if (!isLive(view))
    return (
      <div className={styles.working}>
        <p className={run.state === 'cancelled' ? styles.state : styles.bad}>
          {run.state === 'cancelled' ? t(`imports.stopped.${view.state}`) : run.error}
        </p>
        {may('jobs:manage') && view.state !== 'checking' && (
          <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
            {t('imports.goOn')}
          </Button>
        )}
        {goOn.isError && <Problem error={goOn.error} />}
      </div>
    );
  return (
    <div className={styles.working} role="status">
      <p className={styles.strong}>{t(`imports.doing.${view.state}`)}</p>
      <Progress value={share * 100} aria-label={t(`imports.doing.${view.state}`)} />
      <p className={styles.quiet}>
        {run.stopping
          ? t('imports.stopping')
          : run.words
            ? t(`imports.words.${run.words.split('.').at(-1) ?? ''}`, {
                done: number(run.done),
                total: number(run.total ?? 0),
              })
            : t('imports.waits')}
      </p>
      <p>{t('imports.mayLeave')}</p>
      {may('jobs:manage') && !run.stopping && (
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('imports.stop')}
        </Button>
      )}
      {stop.isError && <Problem error={stop.error} />}
    </div>
  );
}
