// How far the upload is, how long it will take, and what to do when it stands still.
import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatValue } from '../../../../web/format.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import styles from './import-log.module.css';
import { giveUp, goOn, sentOf, totalOf, type Uploading } from './uploading.ts';

/** Before that the speed is a guess. */
const SURE_AFTER_MS = 3000;

export function UploadState({ of }: { of: Uploading }) {
  const { t, i18n } = useTranslation();
  const [sent, total] = [sentOf(of), totalOf(of)];
  const took = Date.now() - of.since;
  const speed = (sent - of.sentBefore) / took;
  const left = took > SURE_AFTER_MS && speed > 0 ? (total - sent) / speed : null;
  const words = {
    sent: formatBytes(sent, i18n.language),
    total: formatBytes(total, i18n.language),
    left: left === null ? '' : formatValue(left, 'milliseconds', i18n.language),
  };
  const stands = of.error !== undefined;
  return (
    <div className={styles.uploading}>
      <p className={styles.dropTitle}>{stands ? t('importLog.stands') : t('importLog.uploading')}</p>
      <Progress value={total > 0 ? (sent / total) * 100 : 0} aria-label={t('importLog.uploading')} />
      <p className={styles.quiet}>
        {sent === total && !stands
          ? t('importLog.checking')
          : left === null || stands
            ? t('importLog.sent', words)
            : t('importLog.sentLeft', words)}
      </p>
      {stands ? <Problem error={of.error} onRetry={() => void goOn()} /> : <p>{t('importLog.stay')}</p>}
      <Button variant="default" onClick={giveUp}>
        {t('importLog.stopUpload')}
      </Button>
    </div>
  );
}
