// The line for the site, an access log, or the demo company: whichever way a person takes, the screen says how it goes.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { DemoWay } from './demo-way.tsx';
import styles from './start.module.css';

export function StartWays() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const sites = useQuery(
    api.sites.list.queryOptions({
      input: { workspace: workspace.id },
      refetchInterval: (query) => (query.state.data?.some((site) => site.lastEventAt !== null) ? false : 3000),
    }),
  );
  if (sites.isError) return <Problem error={sites.error} onRetry={sites.refetch} />;
  const site = sites.data?.find((one) => one.lastEventAt !== null) ?? sites.data?.[0];
  return (
    <div className={styles.ways}>
      <Section title={t('start.snippet')} hint={site?.host}>
        <p className={styles.text}>{t('start.snippetText')}</p>
        {site && <CopyLine label={t('sites.snippet')} value={site.snippet} />}
        <p className={styles.state} role="status">
          {site?.lastEventAt ? (
            <>
              <i className={styles.came} aria-hidden="true" />
              {t('start.came', { when: formatMoment(site.lastEventAt, i18n.language, workspace.timeZone) })}{' '}
              <Link to="/w/$workspace/overview" params={{ workspace: workspace.id } as never}>
                {t('start.toOverview')}
              </Link>
            </>
          ) : (
            <>
              <i className={styles.awaited} aria-hidden="true" />
              {t('start.waiting')}
            </>
          )}
        </p>
      </Section>
      <Section title={t('start.log')}>
        <p className={styles.text}>{t('start.logText')}</p>
        {may('analytics:manage') && (
          <p>
            <Button component={Link} to={`/w/${workspace.id}/import-log`}>
              {t('importLog.way')}
            </Button>
          </p>
        )}
        <p className={styles.text}>{t('start.logCommand')}</p>
        {site && (
          <CopyLine
            label={t('start.command')}
            value={`npm run -s tradewind -- import-log access.log --site ${site.host}`}
          />
        )}
      </Section>
      {!workspace.demo && (
        <Section title={t('start.demo')}>
          <p className={styles.text}>{t('start.demoText')}</p>
          <DemoWay />
        </Section>
      )}
      {workspace.demo && (
        <Button component={Link} to="/new-company" variant="default">
          {t('shell.addCompany')}
        </Button>
      )}
    </div>
  );
}
