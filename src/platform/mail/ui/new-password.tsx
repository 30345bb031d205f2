// Choosing a new password by the link of a message. The link's secret stands after "#", where no server sees it.
import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { setNewPassword } from '../../../web/session.ts';
import styles from './mail.module.css';
import { useResetProblem } from './reset-problem.ts';

export default function NewPassword() {
  const { t } = useTranslation();
  const rules = useRules();
  const problem = useResetProblem();
  const [token] = useState(() => window.location.hash.slice(1));
  const form = useForm({ initialValues: { password: '' }, validate: { password: rules.password } });
  const change = useMutation({ mutationFn: ({ password }: { password: string }) => setNewPassword(token, password) });
  if (change.isSuccess)
    return (
      <PlainPage title={t('reset.done')} intro={t('reset.doneText')}>
        <Button component={Link} to="/sign-in">
          {t('signIn.enter')}
        </Button>
      </PlainPage>
    );
  return (
    <PlainPage title={t('reset.new')} intro={t('reset.newText')}>
      <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <Stack gap="md">
          <PasswordInput
            label={t('person.password')}
            description={t('person.passwordHint')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
            {...form.getInputProps('password')}
          />
          {change.isError && (
            <div role="alert" className={styles.bad}>
              {problem(change.error)}
            </div>
          )}
          <Button type="submit" loading={change.isPending}>
            {t('reset.set')}
          </Button>
          <Button component={Link} to="/forgot-password" variant="default">
            {t('reset.again')}
          </Button>
        </Stack>
      </form>
    </PlainPage>
  );
}
