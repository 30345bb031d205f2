// The second step of signing in: a code from the phone, or a backup code when the phone is away.
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import styles from './account.module.css';
import { accountProblem, type CodeKind, giveCode } from './account-calls.ts';

export function CodeStep({ onIn, onBack }: { onIn: () => Promise<unknown>; onBack: () => void }) {
  const { t } = useTranslation();
  const rules = useRules();
  const [kind, setKind] = useState<CodeKind>('totp');
  const form = useForm({ initialValues: { code: '' }, validate: { code: rules.filled } });
  const enter = useMutation({
    mutationFn: async ({ code }: { code: string }) => {
      await giveCode(code, kind);
      await onIn();
    },
    onError: () => form.reset(),
  });
  const other = () => {
    setKind(kind === 'totp' ? 'backup-code' : 'totp');
    enter.reset();
    form.reset();
  };
  const phone = kind === 'totp';
  return (
    <PlainPage title={t('code.title')} intro={t(phone ? 'code.intro' : 'code.backupIntro')}>
      <form onSubmit={form.onSubmit((values) => enter.mutate(values))}>
        <Stack gap="md">
          <TextInput
            key={kind}
            label={t(phone ? 'code.code' : 'code.backup')}
            inputMode={phone ? 'numeric' : 'text'}
            autoComplete="one-time-code"
            maxLength={20}
            data-autofocus
            autoFocus
            classNames={{ input: styles.code }}
            {...form.getInputProps('code')}
          />
          {enter.isError && (
            <div role="alert" className={styles.bad}>
              {t(accountProblem(enter.error))}
            </div>
          )}
          <Button type="submit" loading={enter.isPending}>
            {t('signIn.enter')}
          </Button>
          <div className={styles.ways}>
            <Button variant="subtle" onClick={other}>
              {t(phone ? 'code.useBackup' : 'code.usePhone')}
            </Button>
            <Button variant="subtle" onClick={onBack}>
              {t('code.back')}
            </Button>
          </div>
        </Stack>
      </form>
    </PlainPage>
  );
}
