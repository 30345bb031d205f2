// What of the company's figures leaves it: links to people outside, and reports by mail, all in one place.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client } from '../../../../web/api.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Mailing } from '../../mailings/contract.ts';
import type { Share } from '../../sharing/contract.ts';
import { MailingList } from '../mailings/mailing-list.tsx';
import { NoServer } from '../mailings/no-server.tsx';
import { reloadShares } from './reload.ts';
import { ShareList } from './share-list.tsx';
import styles from './sharing.module.css';

type Way = 'links' | 'mail';

export default function Sharing() {
  const { t } = useTranslation();
  const [address, setAddress] = useAddress();
  const way: Way = address.way === 'mail' ? 'mail' : 'links';
  return (
    <Page title={t('nav.sharing')} intro={t('sharing.intro')}>
      <Tabs<Way>
        label={t('sharing.ways')}
        tabs={[
          { id: 'links', name: t('sharing.byLink') },
          { id: 'mail', name: t('mailings.byMail') },
        ]}
        chosen={way}
        onChoose={(chosen) => setAddress({ way: chosen === 'links' ? undefined : chosen })}
      />
      {way === 'links' ? <Links /> : <Messages />}
    </Page>
  );
}

function Links() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(api.shares.list.queryOptions({ input: { workspace: workspace.id } }));
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  if (list.data === undefined) return <Waiting />;
  return (
    <div className={styles.column}>
      {list.data.length === 0 && (
        <EmptyState title={t('sharing.none')} text={t('sharing.noneText')}>
          <WhatToShare />
        </EmptyState>
      )}
      <ShareList shares={list.data as Share[]} titled />
      <TakenBack />
    </div>
  );
}

function Messages() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(api.mailings.list.queryOptions({ input: { workspace: workspace.id } }));
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  if (list.data === undefined) return <Waiting />;
  return (
    <div className={styles.column}>
      <NoServer />
      {list.data.length === 0 && (
        <EmptyState title={t('mailings.none')} text={t('mailings.noneText')}>
          <WhatToShare />
        </EmptyState>
      )}
      <MailingList mailings={list.data as Mailing[]} titled />
    </div>
  );
}

function WhatToShare() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  return (
    <>
      <Button component={Link} to={`/w/${workspace.id}/dashboards`}>
        {t('nav.dashboards')}
      </Button>
      <Button
        component={Link}
        to={`/w/${workspace.id}/explorer`}
        variant="default"
        search={{ saved: 'active' } as never}
      >
        {t('explorer.saved')}
      </Button>
    </>
  );
}

/** Links that were taken back, and the way to open one again. */
function TakenBack() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [address, setAddress] = useAddress();
  const shown = address.show === 'taken-back';
  const list = useQuery(
    api.shares.list.queryOptions({ input: { workspace: workspace.id, state: 'archived' }, enabled: shown }),
  );
  const restore = useMutation({
    mutationFn: (share: string) => client.shares.undo({ workspace: workspace.id, share }),
    onSuccess: reloadShares,
  });
  const old = (list.data ?? []) as Share[];
  return (
    <>
      <button
        type="button"
        className={styles.quiet}
        aria-expanded={shown}
        onClick={() => setAddress({ show: shown ? undefined : 'taken-back' })}
      >
        {t(shown ? 'sharing.hideTaken' : 'sharing.showTaken')}
      </button>
      {restore.isError && <Problem error={restore.error} />}
      {shown && list.data?.length === 0 && <p className={styles.intro}>{t('sharing.noneTaken')}</p>}
      {shown && (
        <ul className={styles.list}>
          {old.map(({ id, name, title }) => (
            <li key={id} className={styles.head}>
              <div>
                <strong>{name}</strong> {title !== null && `· ${title}`}
              </div>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${t('sharing.openAgain')}: ${name}`}
                onClick={() => restore.mutate(id)}
              >
                {t('sharing.openAgain')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
