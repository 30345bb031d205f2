// What happened on which day: written down here, so that a bend in a line has its reason.
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { todayIn } from '../../../web/dates.ts';
import { formatDate } from '../../../web/format.ts';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Section } from '../../../web/parts/section.tsx';
import { ServerTable } from '../../../web/parts/table-files.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './notes.module.css';

type Note = Awaited<ReturnType<typeof client.annotations.list>>[number];

export default function Notes() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const rules = useRules();
  const problemText = useProblemText();
  const mayWrite = workspace.permissions.includes('analytics:manage');
  const list = useQuery(api.annotations.list.queryOptions({ input: { workspace: workspace.id } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.annotations.key() });
  const form = useForm({
    initialValues: { day: todayIn(workspace.timeZone), text: '' },
    validate: { day: rules.filled, text: rules.filled },
  });
  const create = useMutation({
    mutationFn: (values: { day: string; text: string }) =>
      client.annotations.create({ workspace: workspace.id, ...values }),
    onSuccess: async () => {
      form.setFieldValue('text', '');
      await reload();
    },
  });
  const remove = useMutation({
    mutationFn: (note: Note) => client.annotations.remove({ workspace: workspace.id, annotation: note.id }),
    onSuccess: async (_, { site, day, text }) => {
      await offerUndo({
        text: t('notes.removed', { text }),
        action: t('undo.action'),
        failed: problemText,
        undo: async () => {
          await client.annotations.create({ workspace: workspace.id, site, day, text });
          await reload();
        },
      });
      await reload();
    },
  });
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Page
      title={t('nav.notes')}
      intro={t('notes.intro')}
      actions={
        mayWrite && (
          <Button
            component={Link}
            variant="default"
            to={`/w/${workspace.id}/imports`}
            search={{ kind: 'notes' } as never}
          >
            {t('imports.new')}
          </Button>
        )
      }
    >
      {mayWrite && (
        <form className={styles.form} onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <TextInput type="date" label={t('notes.day')} {...form.getInputProps('day')} />
          <TextInput
            label={t('notes.text')}
            placeholder={t('notes.example')}
            maxLength={300}
            {...form.getInputProps('text')}
          />
          <Button type="submit" loading={create.isPending}>
            {t('notes.add')}
          </Button>
        </form>
      )}
      {[create, remove].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      <Section
        title={t('notes.list')}
        actions={
          list.data !== undefined &&
          list.data.length > 0 && <ServerTable name={t('nav.notes')} workspace={workspace.id} table="notes" />
        }
      >
        {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
        {list.data?.length === 0 && <EmptyState title={t('notes.none')} text={t('notes.noneText')} />}
        {!list.isError && list.data?.length !== 0 && (
          <Rows rows={list.data} empty={t('notes.none')}>
            {(note) => (
              <li key={note.id} className={styles.row}>
                <time dateTime={note.day}>{date(note.day)}</time>
                <span>{note.text}</span>
                {mayWrite && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={`${t('notes.remove')}: ${note.text}`}
                    onClick={() => remove.mutate(note)}
                  >
                    {t('notes.remove')}
                  </Button>
                )}
              </li>
            )}
          </Rows>
        )}
      </Section>
    </Page>
  );
}
