// A new dashboard by its name.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Dashboard } from '../../dashboards/contract.ts';

interface Props {
  /** reports it begins with */
  tiles: readonly string[];
  onMade: (made: Dashboard) => void;
  onClose: () => void;
}

export function NameDashboard({ tiles, onMade, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () =>
      client.dashboards.create({
        ...{ workspace: workspace.id, name },
        definition: { version: 1, tiles: tiles.map((report) => ({ report })) },
      }),
    onSuccess: (made) => onMade(made as Dashboard),
  });
  return (
    <Modal opened onClose={onClose} title={t('dashboards.new')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('dashboards.name')}
            placeholder={t('dashboards.namePlaceholder')}
            value={name}
            maxLength={120}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {save.isError && <Problem error={save.error} />}
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
