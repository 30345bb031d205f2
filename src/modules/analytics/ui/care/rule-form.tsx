// A new rule: what kind, what it is about, on which site.
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useRules } from '../../../../web/parts/rules.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { RuleKind } from '../../care/contract.ts';
import styles from './care.module.css';
import { useRuleChanges } from './use-rules.ts';

const EXAMPLES: Readonly<Record<RuleKind, string>> = {
  address: '203.0.113.0/24',
  path: '/admin/*',
  parameter: 'token',
  spam: 'spam.example',
  'not-spam': 'partner.example',
  robot: 'PriceWatch',
  'not-robot': 'OurApp/2',
};

export function RuleForm({ kinds }: { kinds: readonly RuleKind[] }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } })).data ?? [];
  const { add } = useRuleChanges();
  const form = useForm({
    initialValues: { kind: kinds[0]!, pattern: '', name: '', site: '' },
    validate: { pattern: rules.filled },
  });
  const { kind } = form.values;
  return (
    <>
      <form
        className={styles.form}
        onSubmit={form.onSubmit(async ({ pattern, name, site, ...given }) => {
          const named = name.trim() || `${t(`care.kind.${given.kind}`)}: ${pattern.trim()}`.slice(0, 120);
          await add.mutateAsync({ ...given, pattern, name: named, site: site || null }).then(
            () => form.setValues({ pattern: '', name: '' }),
            () => {},
          );
        })}
      >
        <Select
          label={t(kinds.includes('robot') ? 'care.saying' : 'care.what')}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(`care.kind.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        <TextInput
          label={t(`care.pattern.${kind}`)}
          placeholder={t('care.example', { example: EXAMPLES[kind] })}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('pattern')}
        />
        {sites.length > 1 && (
          <Select
            label={t('care.where')}
            allowDeselect={false}
            data={[
              { value: '', label: t('overview.allSites') },
              ...sites.map(({ id, host }) => ({ value: id, label: host })),
            ]}
            {...form.getInputProps('site')}
          />
        )}
        <TextInput label={t('care.name')} placeholder={t('care.nameExample')} {...form.getInputProps('name')} />
        <Button type="submit" loading={add.isPending}>
          {t('care.add')}
        </Button>
      </form>
      <p className={styles.quiet}>{t(`care.explained.${kind}`)}</p>
      {add.isError && <Problem error={add.error} />}
    </>
  );
}
