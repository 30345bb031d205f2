// "Share" on a report or dashboard: its links, and its messages at their time.
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Mailing } from '../../mailings/contract.ts';
import type { Share, Shown } from '../../sharing/contract.ts';
import { MailingForm } from '../mailings/mailing-form.tsx';
import { MailingList } from '../mailings/mailing-list.tsx';
import { NoServer } from '../mailings/no-server.tsx';
import { ShareForm } from './share-form.tsx';
import { ShareList } from './share-list.tsx';
import styles from './sharing.module.css';

export function ShareButton({ name, of }: { name: string; of: Shown }) {
  const { t } = useTranslation();
  const { may } = useWorkspace();
  const [opened, setOpened] = useState(false);
  if (!may('analytics:manage')) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('sharing.share')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="lg"
        title={t('sharing.shareOf', { name })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Ways name={name} of={of} />
      </Modal>
    </>
  );
}

type Way = 'links' | 'mail';

function Ways({ name, of }: { name: string; of: Shown }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('links');
  return (
    <>
      <Tabs<Way>
        label={t('sharing.ways')}
        tabs={[
          { id: 'links', name: t('sharing.byLink') },
          { id: 'mail', name: t('mailings.byMail') },
        ]}
        chosen={way}
        onChoose={setWay}
      />
      {way === 'links' ? <Links of={of} /> : <Messages name={name} of={of} />}
    </>
  );
}

function Messages({ name, of }: { name: string; of: Shown }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [kept, setKept] = useState(0);
  const list = useQuery(api.mailings.list.queryOptions({ input: { workspace: workspace.id, ...of } }));
  return (
    <>
      <p className={styles.intro}>{t('mailings.intro')}</p>
      <NoServer />
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {list.data && list.data.length > 0 && <MailingList mailings={list.data as Mailing[]} />}
      {list.data?.length === 0 && (
        <MailingForm key={kept} of={of} title={name} mailing={undefined} onDone={() => setKept(kept + 1)} />
      )}
    </>
  );
}

function Links({ of }: { of: Shown }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const list = useQuery(api.shares.list.queryOptions({ input: { workspace: workspace.id, ...of } }));
  return (
    <>
      <p className={styles.intro}>{t('sharing.whatTheySee')}</p>
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      <ShareForm of={of} />
      {list.data && list.data.length > 0 && (
        <>
          <h3 className={styles.title}>{t('sharing.links')}</h3>
          <ShareList shares={list.data as Share[]} />
        </>
      )}
    </>
  );
}
