// Where the person is signed in, and signing out there.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment, regionName } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './account.module.css';

export function Sessions() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(api.account.sessions.queryOptions());
  const reload = () => queryClient.invalidateQueries({ queryKey: api.account.key() });
  const end = useMutation({
    mutationFn: (session: string) => client.account.endSession({ session }),
    onSuccess: reload,
  });
  const endOthers = useMutation({ mutationFn: () => client.account.endOtherSessions(), onSuccess: reload });
  const moment = (iso: string) => formatMoment(iso, i18n.language, workspace.timeZone);
  const others = list.data?.some((one) => !one.current);
  return (
    <Section
      title={t('sessions.title')}
      actions={
        others && (
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && (
        <Rows rows={list.data} empty={t('sessions.title')}>
          {(one) => {
            const name = [one.browser || t('sessions.unknown'), one.system].filter(Boolean).join(' · ');
            const place = one.country === '' ? t('sessions.nowhere') : regionName(one.country, i18n.language);
            return (
              <li key={one.id} className={styles.row}>
                <div>
                  <div>
                    {name} · {t(`sessions.device.${one.device}`)}
                  </div>
                  <div className={styles.quiet}>
                    {place} · {t('sessions.signedIn', { when: moment(one.signedInAt) })} ·{' '}
                    {t('sessions.seen', { when: moment(one.seenAt) })}
                  </div>
                </div>
                {one.current ? (
                  <span className={styles.good}>{t('sessions.here')}</span>
                ) : (
                  <Button
                    variant="default"
                    aria-label={`${t('sessions.end')}: ${name}`}
                    loading={end.isPending && end.variables === one.id}
                    onClick={() => end.mutate(one.id)}
                  >
                    {t('sessions.end')}
                  </Button>
                )}
              </li>
            );
          }}
        </Rows>
      )}
      {(end.isError || endOthers.isError) && <Problem error={end.error ?? endOthers.error} />}
    </Section>
  );
}
