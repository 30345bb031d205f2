// Making a key: what it is for, what it may do out of what its maker may, and how long.
import { Button, Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useRules } from '../../../web/parts/rules.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { KEY_PERMISSIONS, type WorkspacePermission } from '../../api/contract-base.ts';
import styles from './workspaces.module.css';

export interface NewKeyValues {
  name: string;
  permissions: WorkspacePermission[];
  days: number | null;
}

const SPANS = ['30', '90', '365', '0'] as const;
const SENDING: readonly WorkspacePermission[] = ['events:write'];
const READING: readonly WorkspacePermission[] = ['workspace:read', 'analytics:read', 'costs:read'];

export function NewKey({ busy, onCreate }: { busy: boolean; onCreate: (values: NewKeyValues) => void }) {
  const { t } = useTranslation();
  const rules = useRules();
  const { may } = useWorkspace();
  const possible = KEY_PERMISSIONS.filter(may);
  const form = useForm({
    initialValues: { name: '', permissions: [] as string[], days: '90' },
    validate: { name: rules.filled, permissions: (chosen) => (chosen.length === 0 ? t('keys.chooseOne') : null) },
  });
  const preset = (wanted: readonly WorkspacePermission[]) => form.setFieldValue('permissions', wanted.filter(may));
  const submit = form.onSubmit(({ name, permissions, days }) =>
    onCreate({
      name,
      permissions: possible.filter((one) => permissions.includes(one)),
      days: days === '0' ? null : Number(days),
    }),
  );
  return (
    <form onSubmit={submit}>
      <div className={styles.form}>
        <TextInput
          label={t('keys.name')}
          placeholder={t('keys.example')}
          maxLength={32}
          {...form.getInputProps('name')}
        />
        <Select
          label={t('keys.lasts')}
          w={168}
          allowDeselect={false}
          data={SPANS.map((value) => ({ value, label: t(`keys.days-${value}`) }))}
          {...form.getInputProps('days')}
        />
      </div>
      <Checkbox.Group mt="md" label={t('keys.may')} {...form.getInputProps('permissions')}>
        <div className={styles.presets}>
          <Button variant="default" onClick={() => preset(SENDING)}>
            {t('keys.sending')}
          </Button>
          <Button variant="default" onClick={() => preset(READING)}>
            {t('keys.reading')}
          </Button>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" maw={720}>
          {possible.map((one) => (
            <Checkbox key={one} value={one} label={t(`rights.${one.replace(':', '-')}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Button type="submit" mt="md" loading={busy}>
        {t('keys.create')}
      </Button>
    </form>
  );
}
