// One site of the company in its settings.
import { Button, TagsInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { Consent } from './consent.tsx';
import styles from './start.module.css';

interface Site {
  id: string;
  host: string;
  otherHosts: string[];
  snippet: string;
  lastEventAt: string | null;
}

export function SiteSection({ site, manage }: { site: Site; manage: boolean }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [search, set] = useAddress();
  const open = search.consent === site.id;
  const state =
    site.lastEventAt === null
      ? t('sites.nothingYet')
      : t('sites.lastEvent', { when: formatMoment(site.lastEventAt, i18n.language, workspace.timeZone) });
  return (
    <Section title={site.host} hint={state}>
      <CopyLine label={`${t('sites.snippet')} (${site.host})`} value={site.snippet} />
      {manage && <OtherHosts site={site} />}
      <Button
        variant="default"
        mt="md"
        aria-expanded={open}
        onClick={() => set({ consent: open ? undefined : site.id })}
      >
        {open ? t('consent.close') : t('consent.open')}
      </Button>
      {open && <Consent site={site} manage={manage} />}
    </Section>
  );
}

function OtherHosts({ site }: { site: Site }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [hosts, setHosts] = useState(site.otherHosts);
  const save = useMutation({
    mutationFn: () => client.sites.update({ workspace: workspace.id, site: site.id, otherHosts: hosts }),
    onSuccess: async (saved) => {
      setHosts(saved.otherHosts);
      await queryClient.invalidateQueries({ queryKey: api.sites.key() });
    },
  });
  const changed = hosts.join() !== site.otherHosts.join();
  return (
    <>
      <form
        className={styles.hosts}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TagsInput
          label={t('sites.otherHosts')}
          description={t('sites.otherHostsHint')}
          placeholder={hosts.length === 0 ? 'www2.shop.example' : undefined}
          value={hosts}
          onChange={setHosts}
          acceptValueOnBlur
          splitChars={[',', ' ']}
        />
        {(changed || save.isPending) && (
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        )}
      </form>
      {save.isError && <Problem error={save.error} />}
    </>
  );
}
