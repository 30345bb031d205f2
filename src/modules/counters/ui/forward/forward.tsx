// Our goals told to Metrica and Google Analytics on the page, so that the advertising bought through them learns from what counts.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { CopyLine } from '../../../../web/parts/copy-line.tsx';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Forwarding } from '../../forward/contract.ts';
import styles from './forward.module.css';
import { GoalNames } from './goal-names.tsx';

export default function Forward() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [address, setAddress] = useAddress();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const site = sites.data?.find(({ id }) => id === address.site) ?? sites.data?.[0];
  const told = useQuery({
    ...api.counters.forwarding.queryOptions({ input: { workspace: workspace.id, site: site?.id ?? '' } }),
    enabled: site !== undefined,
  });
  const failed = sites.isError ? sites : told.isError ? told : undefined;
  return (
    <Page
      title={t('forward.title')}
      intro={t('forward.intro')}
      actions={
        <Button component={Link} variant="default" to={`/w/${workspace.id}/counters`}>
          {t('nav.counters')}
        </Button>
      }
    >
      {(sites.data?.length ?? 0) > 1 && (
        <Select
          label={t('forward.site')}
          className={styles.site}
          data={sites.data?.map(({ id, host }) => ({ value: id, label: host })) ?? []}
          value={site?.id ?? null}
          allowDeselect={false}
          onChange={(id) => setAddress({ site: id ?? undefined })}
        />
      )}
      {failed ? (
        <Problem error={failed.error} onRetry={failed.refetch} />
      ) : sites.data?.length === 0 ? (
        <EmptyState title={t('forward.noSite')} text={t('forward.noSiteText')} />
      ) : told.data === undefined ? (
        <Waiting />
      ) : (
        <Told key={told.data.site} told={told.data} />
      )}
    </Page>
  );
}

function Told({ told }: { told: Forwarding }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const { visits, metrica, ga4 } = told.seen;
  const share = (part: number) => formatValue(visits === 0 ? null : part / visits, 'share', i18n.language);
  if (told.goals.length === 0) {
    return (
      <EmptyState title={t('forward.noGoals')} text={t('forward.noGoalsText')}>
        <Button component={Link} to={`/w/${workspace.id}/goals`} search={{ edit: 'new' } as never}>
          {t('forward.setGoal')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <GoalNames told={told} />
      <Section title={t('forward.onPage')}>
        <p className={styles.text}>{t('forward.onPageText')}</p>
        <CopyLine label={t('forward.lines')} value={told.snippet} />
        <p className={styles.muted}>
          {visits === 0 ? t('forward.seenNone') : t('forward.seen', { metrica: share(metrica), ga4: share(ga4) })}
        </p>
      </Section>
      <Section title={t('forward.there')}>
        <ul className={styles.list}>
          <li>{t('forward.thereMetrica')}</li>
          <li>{t('forward.thereGoogle')}</li>
          <li>{t('forward.thereTags')}</li>
        </ul>
      </Section>
    </>
  );
}
