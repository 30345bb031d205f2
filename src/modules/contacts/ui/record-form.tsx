// A call or a chat recorded while it is going on: the code the person reads out shows at once where they came from.
import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../web/api.ts';
import { currencySign, minorDigits } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { CONTACT_KINDS, type ContactSource, type FoundCode } from '../contract.ts';
import styles from './contacts.module.css';
import { reloadContacts } from './reload.ts';
import { WhereFrom } from './where-from.tsx';

const SHORTEST = 4;
type Kind = (typeof CONTACT_KINDS)[number];

export function RecordForm({ sources }: { sources: readonly ContactSource[] }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [kind, setKind] = useState<Kind>('call');
  const [code, setCode] = useState('');
  const [number, setNumber] = useState<string | null>(null);
  const [worth, setWorth] = useState<number | string>('');
  const [note, setNote] = useState('');
  const [asked] = useDebouncedValue(code.trim(), 300);
  const found = useQuery(
    api.contacts.find.queryOptions({
      input: { workspace: workspace.id, code: asked },
      enabled: asked.length >= SHORTEST,
    }),
  );
  const phones = sources.filter(({ definition }) => definition.kind === 'phone');
  const record = useMutation({
    mutationFn: () =>
      client.contacts.record({
        ...{ workspace: workspace.id, kind, code: code.trim(), note },
        ...(number === null ? {} : { contactSource: number }),
        worth: worth === '' ? null : Math.round(Number(worth) * 10 ** minorDigits(workspace.currency)),
      }),
    onSuccess: async () => {
      setCode('');
      setWorth('');
      setNote('');
      await reloadContacts();
    },
  });
  const ready = code.trim() !== '' || number !== null;
  return (
    <form
      className={styles.form}
      aria-label={t('contacts.record')}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) record.mutate();
      }}
    >
      <div className={styles.fields}>
        <SegmentedControl
          aria-label={t('contacts.kind')}
          className={styles.kind}
          data={CONTACT_KINDS.map((value) => ({ value, label: t(`contacts.kinds.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
        />
        <TextInput
          label={t('contacts.code')}
          placeholder="K7M 2PX"
          autoComplete="off"
          spellCheck={false}
          value={code}
          maxLength={40}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {phones.length > 0 && (
          <Select
            label={t('contacts.orNumber')}
            placeholder={t('contacts.whichNumber')}
            clearable
            data={phones.map(({ id, name, definition }) => ({ value: id, label: `${definition.value} · ${name}` }))}
            value={number}
            onChange={setNumber}
          />
        )}
        <NumberInput
          label={t('contacts.worth', { sign: currencySign(workspace.currency, i18n.language) })}
          min={0}
          hideControls
          decimalScale={minorDigits(workspace.currency)}
          value={worth}
          onChange={setWorth}
        />
        <TextInput
          label={t('contacts.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" loading={record.isPending} disabled={!ready}>
          {t('contacts.save')}
        </Button>
      </div>
      {asked.length >= SHORTEST && found.isError && <Problem error={found.error} />}
      {asked.length >= SHORTEST && found.data !== undefined && <WhereFrom found={found.data as FoundCode | null} />}
      {record.isError && <Problem error={record.error} />}
    </form>
  );
}
