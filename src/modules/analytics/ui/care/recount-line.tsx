// Says when the past isn't counted by the rules of today, and counts it anew: with progress, and going on after a restart.
import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatMoment, formatValue } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './care.module.css';

const ASK_EVERY_MS = 1000;

export function RecountLine() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const at = { workspace: workspace.id };
  const state = useQuery(
    api.recount.state.queryOptions({
      input: at,
      refetchInterval: ({ state: { data } }) =>
        data?.run && ['waiting', 'running'].includes(data.run.state) ? ASK_EVERY_MS : false,
    }),
  );
  const start = useMutation({
    mutationFn: () => client.recount.start(at),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.recount.key() }),
  });
  const stop = useMutation({
    mutationFn: (run: string) => client.jobs.cancel({ ...at, run }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.recount.key() }),
  });
  const run = state.data?.run;
  const going = run && ['waiting', 'running'].includes(run.state);
  const known = state.data !== undefined;
  const ended = run && !going ? run.id : '';
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (!known) return;
    // figures of every screen are others now
    if (last.current !== undefined && ended !== '' && last.current !== ended) void queryClient.invalidateQueries();
    last.current = ended;
  }, [known, ended]);
  if (!state.data) return null;
  const failed = run && !going && run.state !== 'done' && run.error;
  const manage = may('analytics:manage');
  if (!state.data.needed && !going && !failed && !(run?.state === 'done')) return null;
  return (
    <section className={styles.recount} aria-label={t('care.recount')}>
      {going ? (
        <>
          <p role="status">
            {t('care.recounting', { share: formatValue(run.total ? run.done / run.total : 0, 'share', i18n.language) })}
          </p>
          <Progress value={run.total ? (run.done / run.total) * 100 : 0} aria-label={t('care.recount')} />
          {manage && (
            <Button variant="default" loading={stop.isPending || run.stopping} onClick={() => stop.mutate(run.id)}>
              {t('jobs.cancel')}
            </Button>
          )}
        </>
      ) : (
        <>
          <p>
            {state.data.needed
              ? t('care.recountNeeded')
              : t('care.recounted', {
                  when: formatMoment(state.data.asOf ?? '', i18n.language, workspace.timeZone),
                })}
          </p>
          {failed && <p className={styles.bad}>{failed}</p>}
          {manage && state.data.needed && (
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t('care.recountStart')}
            </Button>
          )}
        </>
      )}
      {start.isError && <Problem error={start.error} />}
    </section>
  );
}
