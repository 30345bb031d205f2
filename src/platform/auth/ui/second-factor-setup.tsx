// Setting up the second factor: the password, a picture for the phone with its key as text, a first code, the backup codes.
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import styles from './account.module.css';
import { accountProblem, beginSecondFactor, confirmSecondFactor } from './account-calls.ts';
import { PasswordForm } from './password-form.tsx';

const Qr = lazy(() => import('./qr.tsx'));

interface Props {
  onDone: (backupCodes: string[]) => void;
  onCancel: () => void;
}

export function SecondFactorSetup({ onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const rules = useRules();
  const begin = useMutation({ mutationFn: beginSecondFactor });
  const form = useForm({ initialValues: { code: '' }, validate: { code: rules.filled } });
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) => confirmSecondFactor(code),
    onSuccess: () => onDone(begin.data?.backupCodes ?? []),
    onError: () => form.reset(),
  });
  if (!begin.data)
    return (
      <PasswordForm
        action={t('factor.go')}
        busy={begin.isPending}
        error={begin.error}
        onPassword={begin.mutate}
        onCancel={onCancel}
      />
    );
  const key = new URL(begin.data.totpURI).searchParams.get('secret') ?? '';
  return (
    <div className={styles.setup}>
      <Suspense fallback={<Waiting />}>
        <Qr text={begin.data.totpURI} label={t('factor.picture')} />
      </Suspense>
      <div>
        <ol className={styles.steps}>
          <li>{t('factor.stepApp')}</li>
          <li>
            {t('factor.stepScan')}
            <CopyLine label={t('factor.key')} value={key} />
          </li>
          <li>{t('factor.stepCode')}</li>
        </ol>
        <form className={styles.form} onSubmit={form.onSubmit((values) => confirm.mutate(values))}>
          <TextInput
            label={t('code.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            classNames={{ input: styles.code }}
            {...form.getInputProps('code')}
          />
          <div className={styles.buttons}>
            <Button type="submit" loading={confirm.isPending}>
              {t('factor.confirm')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </div>
        </form>
        {confirm.isError && (
          <div role="alert" className={styles.bad}>
            {t(accountProblem(confirm.error))}
          </div>
        )}
      </div>
    </div>
  );
}
