// In which parameters of addresses the words of a search stand, and changing it where the words are looked at.
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './acts.module.css';

const namesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== '');

export function SearchWords() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [text, setText] = useState<string | null>(null);
  const known = useQuery(api.acts.searchParameters.queryOptions({ input: { workspace: workspace.id } }));
  const save = useMutation({
    mutationFn: (parameters: string[]) => client.acts.setSearchParameters({ workspace: workspace.id, parameters }),
    onSuccess: async () => {
      setText(null);
      await queryClient.invalidateQueries({ queryKey: api.acts.key() });
    },
  });
  if (!known.data) return null;
  const names = known.data.parameters.join(', ');
  if (text === null)
    return (
      <p className={styles.quiet}>
        {t('acts.readFrom', { names })}{' '}
        {may('analytics:manage') && (
          <button type="button" className={styles.change} onClick={() => setText(names)}>
            {t('acts.changeParameters')}
          </button>
        )}
      </p>
    );
  return (
    <form
      className={styles.parameters}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(namesIn(text));
      }}
    >
      <TextInput
        label={t('acts.parameters')}
        description={t('acts.parametersHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={text}
        data-autofocus
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {save.isError && <Problem error={save.error} />}
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={() => setText(null)}>
          {t('cancel')}
        </Button>
        {!known.data.usual && (
          <Button variant="default" onClick={() => save.mutate([])}>
            {t('acts.usualParameters')}
          </Button>
        )}
      </Group>
    </form>
  );
}
