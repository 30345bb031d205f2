// Asking for a new password. The answer is the same whether or not anyone has the address.
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { askForPassword } from '../../../web/session.ts';
import styles from './mail.module.css';
import { useResetProblem } from './reset-problem.ts';

export default function ForgotPassword() {
  const { t } = useTranslation();
  const rules = useRules();
  const problem = useResetProblem();
  const status = useQuery(api.mail.status.queryOptions());
  const form = useForm({ initialValues: { email: '' }, validate: { email: rules.email } });
  const ask = useMutation({ mutationFn: ({ email }: { email: string }) => askForPassword(email.trim()) });
  const back = (
    <Button component={Link} to="/sign-in" variant="default">
      {t('reset.back')}
    </Button>
  );
  if (status.isPending) return <Waiting />;
  if (ask.isSuccess)
    return (
      <PlainPage title={t('reset.asked')} intro={t('reset.askedText', { email: form.values.email.trim() })}>
        {back}
      </PlainPage>
    );
  if (status.data?.on === false)
    return (
      <PlainPage title={t('reset.title')} intro={t('reset.noMail')}>
        <Stack gap="md">
          <code>npm run -s tradewind -- reset-password you@shop.example</code>
          {back}
        </Stack>
      </PlainPage>
    );
  return (
    <PlainPage title={t('reset.title')} intro={t('reset.intro')}>
      <form onSubmit={form.onSubmit((values) => ask.mutate(values))}>
        <Stack gap="md">
          <TextInput label={t('person.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
          {ask.isError && (
            <div role="alert" className={styles.bad}>
              {problem(ask.error)}
            </div>
          )}
          <Button type="submit" loading={ask.isPending}>
            {t('reset.send')}
          </Button>
          {back}
        </Stack>
      </form>
    </PlainPage>
  );
}
