// What changes the safety of an account asks for its password first.
import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useRules } from '../../../web/parts/rules.ts';
import styles from './account.module.css';
import { accountProblem } from './account-calls.ts';

interface Props {
  action: string;
  busy: boolean;
  error: unknown;
  onPassword: (password: string) => void;
  onCancel?: () => void;
}

export function PasswordForm({ action, busy, error, onPassword, onCancel }: Props) {
  const { t } = useTranslation();
  const rules = useRules();
  const form = useForm({ initialValues: { password: '' }, validate: { password: rules.filled } });
  return (
    <form onSubmit={form.onSubmit(({ password }) => onPassword(password))}>
      <div className={styles.form}>
        <PasswordInput
          label={t('account.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
          {...form.getInputProps('password')}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
        </div>
      </div>
      {error != null && (
        <div role="alert" className={styles.bad}>
          {t(accountProblem(error))}
        </div>
      )}
    </form>
  );
}
