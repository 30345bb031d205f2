// When a report comes by mail, to whom, in which language; the message can be looked at before it is kept.
import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { LAST_MONTH_DAY, type Mailing, type MailingDefinition, ROUNDS, type Round } from '../../mailings/contract.ts';
import type { Shown } from '../../sharing/contract.ts';
import { useValueWords } from '../words.ts';
import { addressesIn, badAddress } from './addresses.ts';
import styles from './mailings.module.css';
import { reloadMailings } from './reload.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${hour}:00` }));
const DAYS = Array.from({ length: LAST_MONTH_DAY }, (_, day) => ({ value: String(day + 1), label: String(day + 1) }));

interface Props {
  of: Shown;
  /** the name of the report */
  title: string;
  /** undefined: a new one */
  mailing: Mailing | undefined;
  onDone: () => void;
}

export function MailingForm({ of, title, mailing, onDone }: Props) {
  const { t } = useTranslation();
  const { me, workspace } = useWorkspace();
  const words = useValueWords();
  const start = mailing?.definition;
  const [name, setName] = useState(mailing?.name ?? title);
  const [every, setEvery] = useState<Round>(start?.every ?? 'week');
  const [on, setOn] = useState(start?.on ?? 1);
  const [hour, setHour] = useState(start?.hour ?? 9);
  const [to, setTo] = useState((start?.to ?? [me.user.email]).join(', '));
  const [language, setLanguage] = useState(start?.language ?? workspace.language);
  const [looking, setLooking] = useState(false);
  const addresses = addressesIn(to);
  const bad = badAddress(addresses);
  const ready = name.trim() !== '' && addresses.length > 0 && bad === undefined;
  const definition: MailingDefinition = {
    ...{ version: 1, ...of, every, hour, to: addresses, language },
    on: every === 'week' ? Math.min(7, on) : on,
  };
  const save = useMutation({
    mutationFn: () =>
      mailing
        ? client.mailings.update({
            ...{ workspace: workspace.id, mailing: mailing.id, version: mailing.version, name, definition },
          })
        : client.mailings.create({ workspace: workspace.id, name, definition }),
    onSuccess: async () => {
      await reloadMailings();
      onDone();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('mailings.name')}
          value={name}
          maxLength={120}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.fields}>
          <Select
            label={t('mailings.every')}
            allowDeselect={false}
            data={ROUNDS.map((value) => ({ value, label: t(`mailings.rounds.${value}`) }))}
            value={every}
            onChange={(value) => {
              setEvery(value as Round);
              setOn(1);
            }}
          />
          {every === 'week' && (
            <Select
              label={t('mailings.weekday')}
              allowDeselect={false}
              data={['1', '2', '3', '4', '5', '6', '7'].map((value) => ({ value, label: words('weekday', value) }))}
              value={String(on)}
              onChange={(value) => setOn(Number(value))}
            />
          )}
          {every === 'month' && (
            <Select
              label={t('mailings.monthDay')}
              allowDeselect={false}
              data={DAYS}
              value={String(on)}
              onChange={(value) => setOn(Number(value))}
            />
          )}
          <Select
            label={t('mailings.hour', { zone: workspace.timeZone })}
            allowDeselect={false}
            data={HOURS}
            value={String(hour)}
            onChange={(value) => setHour(Number(value))}
          />
          <Select
            label={t('mailings.language')}
            allowDeselect={false}
            data={[
              { value: 'en', label: 'English' },
              { value: 'ru', label: 'Русский' },
            ]}
            value={language}
            onChange={(value) => setLanguage(value as 'en' | 'ru')}
          />
        </div>
        <p className={styles.hint}>{t(`mailings.covers.${every}`)}</p>
        <Textarea
          label={t('mailings.to')}
          description={t('mailings.toHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={1}
          value={to}
          error={bad && t('mailings.badAddress', { text: bad })}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {save.isError && <Problem error={save.error} />}
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!ready}>
            {t(mailing ? 'mailings.change' : 'mailings.save')}
          </Button>
          <Button variant="default" disabled={!ready} aria-expanded={looking} onClick={() => setLooking(!looking)}>
            {t('mailings.preview')}
          </Button>
          {mailing && (
            <Button variant="default" onClick={onDone}>
              {t('cancel')}
            </Button>
          )}
        </Group>
      </Stack>
      {looking && ready && <Look name={name} definition={definition} />}
    </form>
  );
}

function Look({ name, definition }: { name: string; definition: MailingDefinition }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const preview = useQuery(
    api.mailings.preview.queryOptions({ input: { workspace: workspace.id, name, definition }, staleTime: 0 }),
  );
  if (preview.isError) return <Problem error={preview.error} onRetry={preview.refetch} />;
  if (preview.isPending) return <Waiting />;
  return (
    <div>
      <p className={styles.subject}>{preview.data.subject}</p>
      <iframe className={styles.frame} title={t('mailings.previewOf')} sandbox="" srcDoc={preview.data.html} />
    </div>
  );
}
