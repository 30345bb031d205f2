// Backup codes, shown once: to copy, to keep as a file, to print.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './account.module.css';

interface Props {
  codes: readonly string[];
  email: string;
  onKept: () => void;
}

export function BackupCodes({ codes, email, onKept }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const text = `${t('backup.file', { email })}\n\n${codes.join('\n')}\n`;
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = 'tradewind-backup-codes.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => save(),
    );
  return (
    <div role="status">
      <p className={styles.text}>
        <strong>{t('backup.title')}</strong> {t('backup.text')}
      </p>
      <ul className={styles.codes} aria-label={t('backup.list')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => void copy()}>
          {t(copied ? 'copy.copied' : 'copy.copy')}
        </Button>
        <Button variant="default" onClick={save}>
          {t('backup.save')}
        </Button>
        <Button onClick={onKept}>{t('backup.kept')}</Button>
      </div>
    </div>
  );
}
