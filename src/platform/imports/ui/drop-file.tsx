// What the file holds, and the file: dropped or chosen, then on its way.
import { Button, Progress, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../web/format.ts';
import { DropZone } from '../../../web/parts/drop-zone.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import type { ImportKindView } from '../contract.ts';
import styles from './imports.module.css';
import { forget, goOn, startUpload, type Uploading } from './uploading.ts';
import { useWords } from './words.ts';

interface Props {
  workspace: string;
  kinds: readonly ImportKindView[];
  /** chosen first */
  kind: string | undefined;
}

export function DropFile({ workspace, kinds, kind: wanted }: Props) {
  const { t } = useTranslation();
  const { said } = useWords();
  const narrow = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const offered = kinds.filter((one) => one.allowed);
  const [chosen, setChosen] = useState(wanted);
  const kind = offered.find((one) => one.name === chosen) ?? offered[0];
  if (kind === undefined) return <p>{t('imports.readOnly')}</p>;
  return (
    <>
      <SegmentedControl
        className={styles.kinds}
        orientation={narrow ? 'vertical' : 'horizontal'}
        aria-label={t('imports.kind')}
        value={kind.name}
        onChange={setChosen}
        data={offered.map((one) => ({ value: one.name, label: said(one.label) }))}
      />
      <DropZone
        title={t('imports.drop')}
        text={t('imports.dropText', {
          fields: kind.fields
            .filter((one) => one.required && one.from === 'column')
            .map((one) => said(one.label).toLowerCase())
            .join(', '),
        })}
        choose={t('imports.choose')}
        label={t('imports.file')}
        accept=".csv,.tsv,.txt,.tab,.xlsx"
        onFiles={([file]) => file && startUpload(workspace, kind.name, file)}
      />
    </>
  );
}

export function UploadState({ of }: { of: Uploading }) {
  const { t, i18n } = useTranslation();
  const words = {
    sent: formatBytes(of.sent, i18n.language),
    total: formatBytes(of.file.size, i18n.language),
  };
  const stands = of.error !== undefined;
  return (
    <div className={styles.working}>
      <p className={styles.strong}>{of.file.name}</p>
      {!stands && <Progress value={(of.sent / Math.max(of.file.size, 1)) * 100} aria-label={t('imports.uploading')} />}
      {!stands && (
        <p className={styles.quiet}>{of.sent < of.file.size ? t('imports.sent', words) : t('imports.looking')}</p>
      )}
      {stands && <Problem error={of.error} {...(of.sent < of.file.size ? { onRetry: () => void goOn() } : {})} />}
      <Button variant="default" onClick={forget}>
        {t(stands ? 'imports.another' : 'imports.stopUpload')}
      </Button>
    </div>
  );
}
