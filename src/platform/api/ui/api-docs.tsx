// The API on a page of our own: every route by part, from the same description that other programs read.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './api-docs.module.css';
import { ApiRoute } from './api-route.tsx';
import { fetchRoutes } from './description.ts';

export default function ApiDocs() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [search, set] = useAddress();
  const words = typeof search.find === 'string' ? search.find : '';
  const routes = useQuery({ queryKey: ['openapi'], queryFn: fetchRoutes, staleTime: Number.POSITIVE_INFINITY });
  const found = routes.data?.filter((one) =>
    `${one.method} ${one.path} ${one.summary} ${one.permission}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const parts = [...new Set(found?.map((one) => one.part))];
  return (
    <Page title={t('apiDocs.title')} intro={t('apiDocs.intro')}>
      <div className={styles.tools}>
        <TextInput
          type="search"
          label={t('apiDocs.find')}
          value={words}
          onChange={(event) => set({ find: event.currentTarget.value || undefined })}
        />
        <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
          openapi.json
        </a>
      </div>
      {routes.isError && <Problem error={routes.error} onRetry={routes.refetch} />}
      {routes.isPending && <Waiting />}
      {found?.length === 0 && <p className={styles.quiet}>{t('nothingFound')}</p>}
      {parts.map((part) => (
        <Section key={part} title={part}>
          {found
            ?.filter((one) => one.part === part)
            .map((one) => (
              <ApiRoute key={one.id} route={one} workspace={workspace.id} />
            ))}
        </Section>
      ))}
    </Page>
  );
}
