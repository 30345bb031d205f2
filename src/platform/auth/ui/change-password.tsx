// A new password for someone who knows the old one; the other devices are signed out.
import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../../web/api.ts';
import { useRules } from '../../../web/parts/rules.ts';
import { Section } from '../../../web/parts/section.tsx';
import styles from './account.module.css';
import { accountProblem, changePassword } from './account-calls.ts';

export function ChangePassword() {
  const { t } = useTranslation();
  const rules = useRules();
  const form = useForm({
    initialValues: { now: '', next: '' },
    validate: { now: rules.filled, next: rules.password },
  });
  const save = useMutation({
    mutationFn: ({ now, next }: { now: string; next: string }) => changePassword(now, next),
    onSuccess: async () => {
      form.reset();
      await queryClient.invalidateQueries({ queryKey: api.account.key() });
    },
  });
  const eye = { visibilityToggleButtonProps: { 'aria-label': t('person.showPassword') } };
  return (
    <Section title={t('account.change')}>
      <form className={styles.form} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <PasswordInput
          label={t('account.password')}
          autoComplete="current-password"
          {...eye}
          {...form.getInputProps('now')}
        />
        <PasswordInput
          label={t('account.newPassword')}
          description={t('person.passwordHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          autoComplete="new-password"
          w={280}
          {...eye}
          {...form.getInputProps('next')}
        />
        <Button type="submit" loading={save.isPending}>
          {t('account.change')}
        </Button>
      </form>
      {save.isError && (
        <div role="alert" className={styles.bad}>
          {t(accountProblem(save.error))}
        </div>
      )}
      {save.isSuccess && (
        <div role="status" className={styles.good}>
          {t('account.changed')}
        </div>
      )}
    </Section>
  );
}
