// What someone outside sees by a link: the reports and nothing else. The link's secret stands after "#", where no server log sees it;
// a password that was right once opens it for half a day in this window.
import { Button, PasswordInput, Select, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, errorCode } from '../../../../web/api.ts';
import { PlainPage } from '../../../../web/parts/plain-page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { Preferences } from '../../../../web/shell/preferences.tsx';
import type { SharedPage } from '../../sharing/contract.ts';
import boards from '../dashboards/dashboards.module.css';
import { useBookOf } from '../explorer/book.ts';
import { type NamedPeriod, PERIODS } from '../period.ts';
import { SharedReport } from './shared-report.tsx';
import styles from './sharing.module.css';

const STORED = 'tradewind.shared';

export interface Opened {
  key: string;
  token: string | undefined;
}

/** The part after "#", also when someone puts another link into the same window. */
function useKey(): string {
  const [key, setKey] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    const read = () => setKey(window.location.hash.slice(1));
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return key;
}

export default function Shared() {
  const key = useKey();
  return <ByKey key={key} of={key} />;
}

function ByKey({ of: key }: { of: string }) {
  const { t } = useTranslation();
  const stored = `${STORED} ${key}`;
  const [token, setToken] = useState(() => sessionStorage.getItem(stored) ?? undefined);
  const opened = useQuery(
    api.shared.open.queryOptions({
      input: { key, ...(token ? { token } : {}) },
      enabled: key !== '',
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  if (key === '' || (opened.isError && errorCode(opened.error) === 'NOT_FOUND'))
    return <PlainPage title={t('sharing.gone')} intro={t('sharing.goneText')} />;
  if (opened.isError)
    return (
      <PlainPage title={t('sharing.page')}>
        <Problem error={opened.error} onRetry={opened.refetch} />
      </PlainPage>
    );
  if (!opened.data) return <Waiting />;
  if (opened.data.page === null)
    return (
      <Password
        of={key}
        onRight={(right) => {
          sessionStorage.setItem(stored, right);
          setToken(right);
        }}
      />
    );
  return <Page page={opened.data.page as SharedPage} opened={{ key, token }} />;
}

function Password({ of: key, onRight }: { of: string; onRight: (token: string) => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const unlock = useMutation({
    mutationFn: () => client.shared.unlock({ key, password: password.trim() }),
    onSuccess: ({ token }) => onRight(token),
  });
  const said = unlock.isError
    ? { UNAUTHORIZED: t('sharing.wrong'), TOO_MANY_REQUESTS: t('sharing.tooMany') }[errorCode(unlock.error)]
    : undefined;
  return (
    <PlainPage title={t('sharing.lockedTitle')} intro={t('sharing.lockedText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '') unlock.mutate();
        }}
      >
        <Stack gap="md">
          <PasswordInput
            label={t('person.password')}
            autoComplete="off"
            value={password}
            error={said}
            visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {unlock.isError && said === undefined && <Problem error={unlock.error} />}
          <Button type="submit" loading={unlock.isPending} disabled={password === ''}>
            {t('sharing.enter')}
          </Button>
        </Stack>
      </form>
    </PlainPage>
  );
}

function Page({ page, opened }: { page: SharedPage; opened: Opened }) {
  const { t } = useTranslation();
  const { company, currency, timeZone, tiles } = page;
  const named = (PERIODS as readonly string[]).includes(page.period);
  const [period, setPeriod] = useState<NamedPeriod | undefined>(undefined);
  const book = useBookOf({
    vocabulary: page.vocabulary as never,
    goals: page.goals,
    properties: [],
    currency,
  });
  useEffect(() => {
    document.title = `${page.name} · ${company}`;
  }, [page.name, company]);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.brand}>{company}</span>
        <Preferences />
      </header>
      <main>
        <h1>{page.name}</h1>
        <div className={styles.bar}>
          <p>{t('sharing.by', { company })}</p>
          {named && (
            <Select
              aria-label={t('period.title')}
              w={200}
              allowDeselect={false}
              data={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
              value={period ?? page.period}
              onChange={(value) => setPeriod(value as NamedPeriod)}
            />
          )}
        </div>
        <div className={boards.grid}>
          {book &&
            tiles.map((tile, index) => (
              <SharedReport
                // biome-ignore lint/suspicious/noArrayIndexKey: a report may stand on a dashboard twice
                key={index}
                index={index}
                tile={tile}
                alone={tiles.length === 1}
                period={period}
                opened={opened}
                segments={page.segments}
                setting={{ book, currency, timeZone, outside: true }}
              />
            ))}
        </div>
      </main>
      <footer className={styles.foot}>{t('sharing.foot')}</footer>
    </div>
  );
}
