// Calls and chats of the period with where each came from, and the form that records one.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../web/api.ts';
import { currencySign, formatMoment, formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { useValueWords, type View } from '../../analytics/ui/index.ts';
import type { Contact, ContactSource } from '../contract.ts';
import styles from './contacts.module.css';
import { RecordForm } from './record-form.tsx';
import { reloadContacts } from './reload.ts';

export function ContactList({ view }: { view: View }) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const words = useValueWords();
  const problem = useProblemText();
  const [from, to] = view.dates;
  const list = useQuery(api.contacts.list.queryOptions({ input: { workspace: workspace.id, from, to } }));
  const sources = useQuery(api.contactSources.list.queryOptions({ input: { workspace: workspace.id } }));
  const manage = may('analytics:manage');
  const remove = useMutation({
    mutationFn: (contact: string) => client.contacts.remove({ workspace: workspace.id, contact }),
    onSuccess: async ({ id }) => {
      await offerUndo({
        text: t('contacts.removed'),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.contacts.restore({ workspace: workspace.id, contact: id });
          await reloadContacts();
        },
      });
      await reloadContacts();
    },
  });
  const contacts = list.data as Contact[] | undefined;
  const known = (sources.data ?? []) as ContactSource[];
  const by = ({ code, contactSource }: Contact): string =>
    code || (known.find(({ id }) => id === contactSource)?.definition.value ?? '');
  const origin = ({ channel, source, campaign }: Contact): string =>
    [channel === '' ? t('contacts.nowhere') : words('channel', channel), source, campaign].filter(Boolean).join(' · ');
  const when = (at: string) => formatMoment(at, i18n.language, workspace.timeZone);
  const columns: Column<Contact>[] = [
    {
      id: 'at',
      head: t('contacts.when'),
      render: ({ kind, at }) => `${t(`contacts.kinds.${kind}`)}, ${when(at)}`,
      value: ({ at }) => at,
    },
    { id: 'origin', head: t('contacts.from'), words: true, render: origin, value: origin },
    {
      id: 'landing',
      head: t('contacts.landing'),
      words: true,
      extra: true,
      render: ({ landingPage }) => landingPage,
      value: ({ landingPage }) => landingPage,
    },
    { id: 'by', head: t('contacts.by'), words: true, extra: true, render: by, value: by },
    {
      id: 'note',
      head: t('contacts.note'),
      words: true,
      extra: true,
      render: ({ note }) => note,
      value: ({ note }) => note,
    },
    {
      id: 'worth',
      head: t('contacts.worth', { sign: currencySign(workspace.currency, i18n.language) }),
      render: ({ worth }) => (worth === null ? '' : formatValue(worth, 'money', i18n.language, workspace.currency)),
      value: ({ worth }) => worth,
    },
  ];
  const buttons: Column<Contact>[] = manage
    ? [
        {
          id: 'remove',
          head: '',
          render: (contact) => (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`${t('contacts.remove')}: ${when(contact.at)}`}
              onClick={() => remove.mutate(contact.id)}
            >
              {t('contacts.remove')}
            </Button>
          ),
        },
      ]
    : [];
  return (
    <>
      {manage && <RecordForm sources={known} />}
      {remove.isError && <Problem error={remove.error} />}
      {list.isError ? (
        <Problem error={list.error} onRetry={list.refetch} />
      ) : contacts === undefined ? (
        <Waiting />
      ) : contacts.length === 0 ? (
        <EmptyState title={t('contacts.none')} text={t('contacts.noneText')} />
      ) : (
        <>
          <div className={styles.files}>
            <ScreenTable name={t('nav.contacts')} columns={columns} rows={contacts} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
          <section className={styles.scroll} tabIndex={0} aria-label={t('nav.contacts')}>
            <DataTable
              caption={t('nav.contacts')}
              columns={[...columns, ...buttons]}
              rows={contacts}
              rowKey={({ id }) => id}
            />
          </section>
        </>
      )}
    </>
  );
}
