// Banks whose rates come by themselves: when they last came, fetching now, and a bank's file handed in.
import { Button, FileButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatMoment } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Rows } from '../../../../web/parts/rows.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { uploadFile } from '../../../../web/upload.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './money.module.css';

const WATCH_MS = 3000;

export function Banks() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const reload = () => queryClient.invalidateQueries({ queryKey: api.rates.key() });
  const fetchNow = useMutation({
    mutationFn: (connection: string) => client.rates.fetch({ workspace: workspace.id, connection }),
    // it comes in the background, mostly within seconds
    onSuccess: () => void setTimeout(() => void reload(), WATCH_MS),
  });
  const list = useQuery(api.rates.banks.queryOptions({ input: { workspace: workspace.id } }));
  const take = useMutation({
    mutationFn: async (file: File) => {
      const id = await uploadFile({
        workspace: workspace.id,
        file,
        signal: new AbortController().signal,
        onBegun: () => {},
        onProgress: () => {},
      });
      return client.rates.importFile({ workspace: workspace.id, file: id });
    },
    onSuccess: reload,
  });
  const manage = may('costs:manage');
  return (
    <Section
      title={t('money.banks')}
      hint={t('money.banksHint')}
      actions={
        manage &&
        may('files:write') && (
          <FileButton accept=".xml,text/xml" onChange={(file) => file && take.mutate(file)}>
            {(props) => (
              <Button variant="default" loading={take.isPending} {...props}>
                {t('money.takeFile')}
              </Button>
            )}
          </FileButton>
        )
      }
    >
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && (
        <Rows rows={list.data} empty={t('money.noBanks')}>
          {(bank) => (
            <li key={bank.id} className={styles.row}>
              <div>
                <div>{bank.name}</div>
                <div className={styles.quiet}>
                  {bank.state === 'off'
                    ? t('money.bankOff')
                    : bank.fetchedAt === null
                      ? t('money.notYet')
                      : t('money.fetched', {
                          when: formatMoment(bank.fetchedAt, i18n.language, workspace.timeZone),
                          count: bank.stored ?? 0,
                        })}
                </div>
              </div>
              {manage && bank.state !== 'off' && (
                <Button
                  variant="default"
                  aria-label={`${t('money.fetchNow')}: ${bank.name}`}
                  loading={fetchNow.isPending}
                  onClick={() => fetchNow.mutate(bank.id)}
                >
                  {t('money.fetchNow')}
                </Button>
              )}
            </li>
          )}
        </Rows>
      )}
      {list.data?.length === 0 && may('connections:manage') && (
        <Link to="/w/$workspace/settings/connections" params={{ workspace: workspace.id } as never}>
          {t('money.connect')}
        </Link>
      )}
      {fetchNow.isSuccess && (
        <p role="status" className={styles.quiet}>
          {t('money.asked')}
        </p>
      )}
      {take.data && (
        <p role="status">{t('money.taken', { count: take.data.stored, from: take.data.from, to: take.data.to })}</p>
      )}
      {(take.isError || fetchNow.isError) && <Problem error={take.error ?? fetchNow.error} />}
    </Section>
  );
}
