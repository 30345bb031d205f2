// What is known of one visitor: found by an id they can name, handed out as a file, erased by name.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { formatDate, formatValue } from '../../../../web/format.ts';
import { Confirm } from '../../../../web/parts/confirm.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { saveBlob } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Person } from '../../care/person/contract.ts';
import styles from './care.module.css';
import { PrivacyPages } from './privacy-pages.tsx';

export function PersonView() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [id, setId] = useState('');
  const [erased, setErased] = useState<readonly string[]>([]);
  const find = useMutation({
    mutationFn: () => client.persons.find({ workspace: workspace.id, id }),
    onMutate: () => setErased([]),
  });
  if (!may('analytics:manage')) return <p className={styles.intro}>{t('care.personNotYours')}</p>;
  return (
    <>
      <Section title={t('care.personTitle')}>
        <p className={styles.text}>{t('care.personText')}</p>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (id.trim() !== '') find.mutate();
          }}
        >
          <TextInput
            label={t('care.personId')}
            value={id}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <Button type="submit" loading={find.isPending}>
            {t('care.personFind')}
          </Button>
        </form>
        <p className={styles.hint}>{t('care.personIdHint')}</p>
        {find.isError && <Problem error={find.error} />}
        {find.data?.length === 0 && <p role="status">{t('care.personNone')}</p>}
        <ul className={styles.lines}>
          {find.data?.map((person) => (
            <PersonRow
              key={`${person.site} ${person.visitor}`}
              person={person}
              erased={erased.includes(person.visitor)}
              onErased={() => setErased([...erased, person.visitor])}
            />
          ))}
        </ul>
      </Section>
      <PrivacyPages />
    </>
  );
}

function PersonRow({ person, erased, onErased }: { person: Person; erased: boolean; onErased: () => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const at = { workspace: workspace.id, site: person.site, visitor: person.visitor };
  const take = useMutation({
    mutationFn: () => client.persons.export(at),
    onSuccess: (file) => saveBlob(file, `visitor-${person.visitor}.json`),
  });
  const erase = useMutation({
    mutationFn: () => client.persons.erase(at),
    onSuccess: () => {
      setAsking(false);
      onErased();
    },
  });
  const number = (value: number) => formatValue(value, 'count', i18n.language);
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <li className={styles.row}>
      <div>
        <strong>{person.host}</strong> <span className={styles.quiet}>{person.visitor}</span>
        <p className={styles.quiet}>
          {t('care.personKnown', {
            ...{ first: date(person.first), last: date(person.last), views: number(person.views) },
            ...{ events: number(person.events), orders: number(person.orders), proofs: number(person.proofs) },
          })}
        </p>
        {erased && <p role="status">{t('care.personErased')}</p>}
        {take.isError && <Problem error={take.error} />}
      </div>
      {!erased && (
        <div className={styles.buttons}>
          <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
            {t('care.personExport')}
          </Button>
          <Button variant="default" color="red" onClick={() => setAsking(true)}>
            {t('care.personErase')}
          </Button>
        </div>
      )}
      <Confirm
        opened={asking}
        title={t('care.personErase')}
        text={t('care.personEraseText')}
        name={person.visitor}
        action={t('care.personErase')}
        busy={erase.isPending}
        error={erase.error}
        onConfirm={() => erase.mutate()}
        onClose={() => setAsking(false)}
      />
    </li>
  );
}
