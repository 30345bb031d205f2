// Adding a further company to an installation.
import { Button, Group } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, errorCode, queryClient } from '../../../web/api.ts';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { ToSignIn } from '../../../web/shell/to-sign-in.tsx';
import { useMe } from '../../../web/workspace.ts';
import { CompanyFields } from './company-fields.tsx';
import { suggestedCompany } from './options.ts';

export default function NewCompany() {
  const { t } = useTranslation();
  const me = useMe();
  const rules = useRules();
  const navigate = useNavigate();
  const form = useForm({ initialValues: suggestedCompany(), validate: { name: rules.filled, site: rules.host } });
  const create = useMutation({
    mutationFn: async ({ site, ...workspace }: typeof form.values) => {
      const made = await client.workspaces.create({ workspace, site });
      await queryClient.invalidateQueries();
      await navigate({ to: `/w/${made.workspace}/start` });
    },
  });
  if (me.isError && errorCode(me.error) === 'UNAUTHORIZED') return <ToSignIn />;
  return (
    <PlainPage wide title={t('newCompany.title')} intro={t('newCompany.intro')}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <CompanyFields field={(name) => form.getInputProps(name)} withSite />
        {create.isError && <Problem error={create.error} />}
        <Group gap="xs" mt="lg">
          <Button type="submit" loading={create.isPending}>
            {t('newCompany.create')}
          </Button>
          {(me.data?.workspaces.length ?? 0) > 0 && (
            <Button variant="default" component={Link} to="/">
              {t('cancel')}
            </Button>
          )}
        </Group>
      </form>
    </PlainPage>
  );
}
