// One's own visits: this browser, and the address one is at now.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './care.module.css';
import { type Rule, useRuleChanges } from './use-rules.ts';

export function OwnTraffic({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const mine = useQuery(api.countingRules.myAddress.queryOptions({ input: { workspace: workspace.id } }));
  const { add } = useRuleChanges();
  const address = mine.data?.address ?? '';
  const known = rules.find(({ kind, pattern }) => kind === 'address' && pattern === address);
  return (
    <Section title={t('care.own')}>
      <p className={styles.text}>{t('care.ownText')}</p>
      <ul className={styles.lines}>
        {sites.data?.map(({ id, host }) => (
          <li key={id} className={styles.row}>
            <span>{host}</span>
            <span className={styles.buttons}>
              <Button
                component="a"
                variant="default"
                href={`https://${host}/?tw_off`}
                target="_blank"
                rel="noopener"
                aria-label={`${t('care.thisBrowser')}: ${host}`}
              >
                {t('care.thisBrowser')}
              </Button>
              <Button
                component="a"
                variant="subtle"
                href={`https://${host}/?tw_on`}
                target="_blank"
                rel="noopener"
                aria-label={`${t('care.countAgain')}: ${host}`}
              >
                {t('care.countAgain')}
              </Button>
            </span>
          </li>
        ))}
        {address !== '' && (
          <li className={styles.row}>
            <span>{known ? t('care.addressKnown', { address }) : t('care.addressNow', { address })}</span>
            {!known && (
              <Button
                variant="default"
                loading={add.isPending}
                onClick={() =>
                  add.mutate({
                    kind: 'address',
                    pattern: address,
                    name: t('care.addressName', { address }),
                    site: null,
                  })
                }
              >
                {t('care.leaveOut')}
              </Button>
            )}
          </li>
        )}
      </ul>
      {[sites, mine, add].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
    </Section>
  );
}
