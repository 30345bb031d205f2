// The sites of the company: the line each carries, its other host names and its consent banner.
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Section } from '../../../web/parts/section.tsx';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { SiteSection } from './site-section.tsx';
import styles from './start.module.css';

export default function Sites() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  return (
    <Page
      title={t('nav.sites')}
      intro={t('sites.intro')}
      actions={
        <Button component={Link} to={`/w/${workspace.id}/import-log`} variant="default">
          {t('importLog.waySite')}
        </Button>
      }
    >
      {sites.isError && <Problem error={sites.error} onRetry={sites.refetch} />}
      {sites.isPending && <Waiting />}
      {sites.data?.map((site) => (
        <SiteSection key={site.id} site={site} manage={may('analytics:manage')} />
      ))}
      {sites.data && may('analytics:manage') && <AddSite workspace={workspace.id} />}
    </Page>
  );
}

function AddSite({ workspace }: { workspace: string }) {
  const { t } = useTranslation();
  const rules = useRules();
  const form = useForm({ initialValues: { host: '' }, validate: { host: rules.host } });
  const add = useMutation({
    mutationFn: ({ host }: { host: string }) => client.sites.create({ workspace, host }),
    onSuccess: async () => {
      form.reset();
      await queryClient.invalidateQueries({ queryKey: api.sites.key() });
    },
  });
  return (
    <Section title={t('sites.add')}>
      <form className={styles.hosts} onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <TextInput
          label={t('company.site')}
          placeholder="blog.example"
          autoCapitalize="none"
          inputMode="url"
          {...form.getInputProps('host')}
        />
        <Button type="submit" loading={add.isPending}>
          {t('sites.addButton')}
        </Button>
      </form>
      {add.isError && <Problem error={add.error} />}
    </Section>
  );
}
