// The form of a service, made from what it asks for. A stored secret is left as it is when its field stays empty.
import { Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { formatDate } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ConnectionInfo, ProviderInfo } from './shapes.ts';

interface Props {
  provider: ProviderInfo;
  /** absent: a new one */
  connection?: ConnectionInfo;
  onDone: () => unknown;
  onCancel: () => void;
}
type Values = Record<string, string | number>;

export function ConnectionForm({ provider, connection, onDone, onCancel }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const form = useForm<{ name: string; settings: Values }>({
    initialValues: {
      name: connection?.name ?? t(`providers.of.${provider.id}.name`),
      settings: Object.fromEntries(
        provider.fields.map((field) => [field.name, connection?.settings[field.name] ?? field.initial ?? '']),
      ),
    },
    validate: {
      name: rules.filled,
      settings: Object.fromEntries(
        provider.fields
          .filter((field) => field.required)
          .map((field) => [field.name, (value: string | number) => rules.filled(String(value))]),
      ),
    },
  });
  const save = useMutation({
    mutationFn: async ({ name, settings }: { name: string; settings: Values }) => {
      const input = { workspace: workspace.id, name, settings };
      await (connection
        ? client.connections.update({ ...input, connection: connection.id })
        : client.connections.create({ ...input, provider: provider.id }));
    },
    onSuccess: onDone,
  });
  const hintOf = (name: string): string => {
    const stored = connection?.secrets[name];
    if (!stored) return '';
    const date = formatDate(stored.setAt, i18n.language, { dateStyle: 'medium', timeZone: workspace.timeZone });
    return stored.endsWith === ''
      ? t('connections.stored', { date })
      : t('connections.storedEnds', { date, end: stored.endsWith });
  };
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" maw={720} mb="md">
        <TextInput label={t('connections.name')} maxLength={60} {...form.getInputProps('name')} />
        {provider.fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            label={t(`providers.field.${field.name}`)}
            hint={field.type === 'secret' ? hintOf(field.name) : ''}
            props={form.getInputProps(`settings.${field.name}`)}
          />
        ))}
      </SimpleGrid>
      {save.isError && <Problem error={save.error} />}
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}

interface FieldProps {
  field: ProviderInfo['fields'][number];
  label: string;
  hint: string;
  props: object;
}

function FieldInput({ field, label, hint, props }: FieldProps) {
  const { t } = useTranslation();
  if (field.type === 'choice') {
    const data = field.choices.map((value) => ({ value, label: t(`providers.choice.${value}`) }));
    return <Select label={label} data={data} allowDeselect={false} {...props} />;
  }
  if (field.type === 'number') return <NumberInput label={label} hideControls {...props} />;
  if (field.type === 'secret') {
    return (
      <PasswordInput
        label={label}
        description={hint || undefined}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
        {...props}
      />
    );
  }
  const inputMode = field.type === 'address' ? 'url' : field.type === 'email' ? 'email' : 'text';
  return <TextInput label={label} inputMode={inputMode} autoCapitalize="none" spellCheck={false} {...props} />;
}
