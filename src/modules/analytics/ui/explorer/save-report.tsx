// Names a question and keeps it, new or changed.
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { SavedReport } from '../../explorer/contract.ts';
import type { ExplorerQuestion } from '../../explorer/question-contract.ts';

interface Props {
  question: ExplorerQuestion;
  /** the one that is changed; left out: a new one */
  report?: SavedReport | undefined;
  onSaved: (report: SavedReport) => void;
  onClose: () => void;
}

export function SaveReport({ question, report, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [name, setName] = useState(report?.name ?? '');
  const [description, setDescription] = useState(report?.description ?? '');
  const save = useMutation({
    mutationFn: () => {
      const given = { workspace: workspace.id, name, description, definition: question as never };
      return report
        ? client.savedReports.update({ ...given, report: report.id, version: report.version })
        : client.savedReports.create(given);
    },
    onSuccess: (saved) => onSaved(saved as SavedReport),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(report ? 'explorer.change' : 'explorer.save')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('explorer.name')}
            placeholder={t('explorer.namePlaceholder')}
            value={name}
            maxLength={120}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t('explorer.description')}
            placeholder={t('explorer.descriptionPlaceholder')}
            value={description}
            maxLength={500}
            autosize
            minRows={2}
            onChange={(event) => setDescription(event.currentTarget.value)}
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
