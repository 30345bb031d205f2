// A number or promo code, and the source it stands for; of a number also which one on the pages it takes the place of.
import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { type ContactSource, type ContactSourceDefinition, SOURCE_KINDS, type SourceKind } from '../contract.ts';
import styles from './contacts.module.css';
import { reloadContacts } from './reload.ts';

interface Props {
  /** undefined: a new one */
  source: ContactSource | undefined;
  onDone: () => void;
  onArchive: (() => void) | undefined;
}

const NEW: ContactSourceDefinition = {
  ...{ version: 1, kind: 'phone', value: '', source: '', medium: '', campaign: '', instead: '' },
};

export function SourceEditor({ source, onDone, onArchive }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [name, setName] = useState(source?.name ?? '');
  const [definition, setDefinition] = useState(source?.definition ?? NEW);
  const { kind } = definition;
  const called = name.trim() || definition.value;
  const save = useMutation({
    mutationFn: () => {
      const given = {
        ...{ workspace: workspace.id, name: called },
        definition: kind === 'phone' ? definition : { ...definition, instead: '' },
      };
      return source
        ? client.contactSources.update({ ...given, contactSource: source.id, version: source.version })
        : client.contactSources.create(given);
    },
    onSuccess: async () => {
      await reloadContacts();
      onDone();
    },
  });
  const field = (id: 'value' | 'source' | 'medium' | 'campaign' | 'instead', label: string, hint?: string) => (
    <TextInput
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={definition[id]}
      maxLength={200}
      onChange={(event) => setDefinition({ ...definition, [id]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('contacts.kindOfSource')}
          data={SOURCE_KINDS.map((value) => ({ value, label: t(`contacts.sourceKinds.${value}`) }))}
          value={kind}
          onChange={(value) => setDefinition({ ...definition, kind: value as SourceKind })}
        />
        {field(
          'value',
          t(`contacts.value.${kind}`),
          kind === 'phone' ? t('contacts.phoneHint') : t('contacts.promoHint'),
        )}
        <TextInput
          label={t('contacts.name')}
          placeholder={t('contacts.nameExample')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.tags}>
          {field('source', t('links.field.source'))}
          {field('medium', t('links.field.medium'))}
          {field('campaign', t('links.field.campaign'))}
        </div>
        {kind === 'phone' && field('instead', t('contacts.instead'), t('contacts.insteadHint'))}
        {save.isError && <Problem error={save.error} />}
        <Group gap="xs">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={definition.value.trim() === '' || definition.source.trim() === ''}
          >
            {t('save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          {onArchive && (
            <Button variant="default" onClick={onArchive}>
              {t('contacts.archiveSource')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
