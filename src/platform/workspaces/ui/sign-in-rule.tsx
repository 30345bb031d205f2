// The owner's rule for signing in: whether everyone needs a second factor.
import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './workspaces.module.css';

export function SignInRule({ members }: { members: readonly { twoFactor: boolean }[] | undefined }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const save = useMutation({
    mutationFn: (requireTwoFactor: boolean) =>
      client.workspaces.setSecurity({ workspace: workspace.id, requireTwoFactor }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.me.key() }),
  });
  const without = members?.filter((one) => !one.twoFactor).length ?? 0;
  return (
    <Section title={t('people.signingIn')}>
      <Switch
        label={t('people.requireTwoFactor')}
        description={t('people.requireHint')}
        checked={workspace.requireTwoFactor}
        disabled={save.isPending}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
      {!workspace.requireTwoFactor && without > 0 && (
        <p className={styles.quiet}>{t('people.without', { count: without })}</p>
      )}
      {save.isError && <Problem error={save.error} />}
    </Section>
  );
}
