// First step: what was detected, the first rows, and which column is what.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import type { ImportKindView, ImportView, LookedAt } from '../contract.ts';
import type { Mapping, Reading } from '../settings-contract.ts';
import styles from './imports.module.css';
import { MappingFields } from './mapping-fields.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ReadingFields } from './reading-fields.tsx';

interface Props {
  workspace: string;
  kind: ImportKindView;
  first: LookedAt;
  /** of an earlier dry run of this file */
  before: Mapping | undefined;
  onChecked: (view: ImportView) => void;
}

export function Look({ workspace, kind, first, before, onChecked }: Props) {
  const { t } = useTranslation();
  const [looked, setLooked] = useState(first);
  const [given, setGiven] = useState<Partial<Reading>>({});
  const [mapping, setMapping] = useState<Mapping>(before ?? first.import.settings.mapping);
  const [source, setSource] = useState(first.import.source);
  const at = { workspace, import: first.import.id };
  const look = useMutation({
    mutationFn: (reading: Partial<Reading>) => client.imports.look({ ...at, reading }),
    onSuccess: (next) => {
      if (next.import.headers.join('\u0000') !== looked.import.headers.join('\u0000'))
        setMapping(next.import.settings.mapping);
      setLooked(next);
    },
  });
  const check = useMutation({
    mutationFn: () =>
      client.imports.check({ ...at, source, settings: { reading: looked.import.settings.reading, mapping } }),
    onSuccess: onChecked,
  });
  const missing = kind.fields.filter((field) => {
    const from = mapping[field.name];
    return field.required && (from === undefined || ('value' in from && from.value.trim() === ''));
  });
  return (
    <>
      <Section
        title={t('imports.detected')}
        hint={looked.reused ? t('imports.reused', { source }) : t('imports.detectedHint')}
      >
        <ReadingFields
          looked={looked}
          busy={look.isPending}
          onChange={(change) => {
            const { format: _, ...next } = { ...given, ...change };
            setGiven(next);
            look.mutate(next);
          }}
        />
        {look.isError && <Problem error={look.error} />}
      </Section>
      <Section title={t('imports.preview')} hint={t('imports.previewHint', { count: looked.rows.length })}>
        <PreviewTable looked={looked} kind={kind} mapping={mapping} />
      </Section>
      <Section title={t('imports.mapping')} hint={t('imports.mappingHint')}>
        <MappingFields kind={kind} headers={looked.import.headers} mapping={mapping} onChange={setMapping} />
      </Section>
      <form
        className={styles.next}
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate();
        }}
      >
        <TextInput
          label={t('imports.source')}
          description={t('imports.sourceHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          required
          maxLength={100}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <Button
          type="submit"
          loading={check.isPending}
          disabled={missing.length > 0 || look.isPending || source.trim() === ''}
        >
          {t('imports.check')}
        </Button>
      </form>
      {check.isError && <Problem error={check.error} />}
    </>
  );
}
