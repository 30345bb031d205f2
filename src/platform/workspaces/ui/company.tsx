// Settings of the company; someone who may not change them reads them.
import { Button, Group } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { CompanyFields, type CompanyValues } from './company-fields.tsx';
import styles from './workspaces.module.css';

export default function Company() {
  const { t } = useTranslation();
  const rules = useRules();
  const { workspace, may } = useWorkspace();
  const { name, currency, timeZone, language, legalProfile } = workspace;
  const form = useForm<CompanyValues>({
    initialValues: { name, currency, timeZone, language, legalProfile },
    validate: { name: rules.filled },
  });
  const save = useMutation({
    mutationFn: (values: CompanyValues) => client.workspaces.update({ workspace: workspace.id, ...values }),
    onSuccess: async (_, values) => {
      form.resetDirty(values);
      await queryClient.invalidateQueries({ queryKey: api.me.key() });
    },
  });
  const manage = may('workspace:manage');
  return (
    <Page title={t('nav.company')} intro={manage ? t('company.intro') : t('company.readOnly')}>
      <form style={{ maxWidth: 640 }} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <CompanyFields field={(name) => form.getInputProps(name)} readOnly={!manage} />
        {save.isError && <Problem error={save.error} />}
        {manage && (
          <Group mt="lg" gap="md">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('save')}
            </Button>
            {save.isSuccess && !form.isDirty() && (
              <span role="status" className={styles.saved}>
                {t('saved')}
              </span>
            )}
          </Group>
        )}
      </form>
    </Page>
  );
}
