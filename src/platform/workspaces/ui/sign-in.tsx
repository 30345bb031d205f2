// Signing in; afterwards the person is where they wanted to go.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { SignInError, signIn } from '../../../web/session.ts';
import { CodeStep } from '../../auth/ui/code-step.tsx';
import styles from './workspaces.module.css';

/** Only a path of this product: an address from outside must not send a freshly signed-in person elsewhere. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function useSignInProblem(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof SignInError)) return t('problem.OFFLINE');
    if (error.status === 429) return t('signIn.wait');
    if (error.status === 401 || error.status === 400) return t('signIn.wrong');
    return t('problem.INTERNAL_SERVER_ERROR');
  };
}

export default function SignIn() {
  const { t } = useTranslation();
  const rules = useRules();
  const navigate = useNavigate();
  const [search] = useAddress();
  const problem = useSignInProblem();
  const [asked, setAsked] = useState<'password' | 'code'>('password');
  const go = () => navigate({ href: safeNext(search.next), replace: true });
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: rules.email, password: rules.filled },
  });
  const enter = useMutation({
    mutationFn: async (values: typeof form.values) => {
      if ((await signIn(values.email.trim(), values.password)) === 'code') setAsked('code');
      else await go();
    },
  });
  if (asked === 'code') return <CodeStep onIn={go} onBack={() => setAsked('password')} />;
  return (
    <PlainPage title={t('signIn.title')} intro={t('signIn.intro')}>
      <form onSubmit={form.onSubmit((values) => enter.mutate(values))}>
        <Stack gap="md">
          <TextInput label={t('person.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label={t('person.password')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
            {...form.getInputProps('password')}
          />
          {enter.isError && (
            <div role="alert" className={styles.bad}>
              {problem(enter.error)}
            </div>
          )}
          <Button type="submit" loading={enter.isPending}>
            {t('signIn.enter')}
          </Button>
          <Link to="/forgot-password">{t('signIn.forgot')}</Link>
        </Stack>
      </form>
    </PlainPage>
  );
}
