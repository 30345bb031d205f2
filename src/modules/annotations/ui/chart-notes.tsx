// What happened on the days of a chart, below it in words, and a note more where one stands.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { addDays, todayIn } from '../../../web/dates.ts';
import { formatDate } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './chart-notes.module.css';
import type { Note } from './use-chart-notes.ts';

const SHOWN = 3;

export function ChartNotes({ notes, period }: { notes: readonly Note[]; period: readonly [string, string] }) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [adding, setAdding] = useState(false);
  const date = (day: string) => formatDate(day, i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <div className={styles.notes}>
      {notes.length > 0 && (
        <ul aria-label={t('nav.notes')}>
          {notes.slice(0, SHOWN).map(({ id, day, text }) => (
            <li key={id}>
              <time dateTime={day}>{date(day)}</time> {text}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.tools}>
        {notes.length > SHOWN && (
          <Link to={`/w/${workspace.id}/notes`}>{t('notes.more', { count: notes.length - SHOWN })}</Link>
        )}
        {may('analytics:manage') && !adding && (
          <button type="button" onClick={() => setAdding(true)}>
            {t('notes.addHere')}
          </button>
        )}
      </div>
      {adding && <NoteForm period={period} onDone={() => setAdding(false)} />}
    </div>
  );
}

function NoteForm({ period, onDone }: { period: readonly [string, string]; onDone: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const today = todayIn(workspace.timeZone);
  const last = addDays(period[1], -1);
  const [day, setDay] = useState(last < today ? last : today);
  const [text, setText] = useState('');
  const save = useMutation({
    mutationFn: () => client.annotations.create({ workspace: workspace.id, day, text }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.annotations.key() });
      onDone();
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') save.mutate();
      }}
    >
      <TextInput
        type="date"
        aria-label={t('notes.day')}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <TextInput
        className={styles.text}
        aria-label={t('notes.text')}
        placeholder={t('notes.example')}
        data-autofocus
        autoFocus
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" loading={save.isPending}>
        {t('notes.add')}
      </Button>
      <Button variant="default" onClick={onDone}>
        {t('cancel')}
      </Button>
      {save.isError && <Problem error={save.error} />}
    </form>
  );
}
