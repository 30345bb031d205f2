// The domain of the short links: the installation's own address until the company has one.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './convention.module.css';

export function ShortDomain({ kept, address, disabled }: { kept: string | null; address: string; disabled: boolean }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [domain, setDomain] = useState(kept ?? '');
  const save = useMutation({
    mutationFn: () => client.links.setDomain({ workspace: workspace.id, domain: domain.trim() || null }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.links.key() }),
  });
  return (
    <Section title={t('links.domain.title')}>
      <p className={styles.hint}>{t('links.domain.means', { address: `${address}/l/…` })}</p>
      <form
        className={styles.domain}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t('links.domain.label')}
          placeholder="go.shop.example"
          value={domain}
          maxLength={253}
          disabled={disabled}
          onChange={(event) => setDomain(event.currentTarget.value)}
        />
        {!disabled && (
          <Button type="submit" variant="default" loading={save.isPending} disabled={domain.trim() === (kept ?? '')}>
            {t('save')}
          </Button>
        )}
      </form>
      {save.isError && <Problem error={save.error} />}
      {kept !== null && (
        <p className={styles.hint}>{t('links.domain.dns', { domain: kept, host: location.hostname })}</p>
      )}
    </Section>
  );
}
