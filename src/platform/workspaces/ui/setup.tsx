// The first page of a new installation: one person, one company, one calm form.
import { Button, PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../web/api.ts';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Section } from '../../../web/parts/section.tsx';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { signIn } from '../../../web/session.ts';
import { CompanyFields } from './company-fields.tsx';
import { suggestedCompany } from './options.ts';

export default function Setup() {
  const status = useQuery(api.setup.status.queryOptions());
  if (status.isError) return <Problem error={status.error} onRetry={status.refetch} />;
  if (status.data === undefined) return <Waiting />;
  if (!status.data.empty) return <Navigate to="/" replace />;
  return <SetupForm waiting={status.data.waitingWorkspace} />;
}

function SetupForm({ waiting }: { waiting: { name: string; site: string } | null }) {
  const { t } = useTranslation();
  const rules = useRules();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: {
      ...suggestedCompany(),
      ...(waiting ? { name: waiting.name, site: waiting.site } : {}),
      ownerName: '',
      email: '',
      password: '',
    },
    validate: {
      ownerName: rules.filled,
      email: rules.email,
      password: rules.password,
      name: rules.filled,
      site: rules.host,
    },
  });
  const create = useMutation({
    mutationFn: async ({ ownerName, email, password, site, ...workspace }: typeof form.values) => {
      const made = await client.setup.create({ owner: { name: ownerName, email, password }, workspace, site });
      await signIn(email, password);
      await navigate({ to: `/w/${made.workspace}/start` });
    },
  });
  return (
    <PlainPage wide title={t('setup.title')} intro={t('setup.intro')}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Section title={t('setup.you')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <TextInput label={t('person.name')} autoComplete="name" {...form.getInputProps('ownerName')} />
            <TextInput label={t('person.email')} type="email" autoComplete="email" {...form.getInputProps('email')} />
            <PasswordInput
              label={t('person.password')}
              description={t('person.passwordHint')}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
              {...form.getInputProps('password')}
            />
          </SimpleGrid>
        </Section>
        <Section title={t('setup.company')} hint={waiting ? t('setup.takeOver', waiting) : undefined}>
          <CompanyFields field={(name) => form.getInputProps(name)} withSite />
        </Section>
        {create.isError && <Problem error={create.error} />}
        <Button type="submit" loading={create.isPending}>
          {t('setup.create')}
        </Button>
      </form>
    </PlainPage>
  );
}
