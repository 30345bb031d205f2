// Shown when a screen itself fails: what happened, what is safe, and what to do.
import { Button, Group } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PlainPage } from '../parts/plain-page.tsx';
import styles from './crash.module.css';

export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <PlainPage title={t('crash.title')} intro={t('crash.text')}>
      <Group gap="xs">
        <Button onClick={reset}>{t('problem.retry')}</Button>
        <Button variant="default" onClick={() => window.location.assign('/')}>
          {t('notFound.home')}
        </Button>
      </Group>
      <pre className={styles.details}>{error instanceof Error ? error.message : String(error)}</pre>
    </PlainPage>
  );
}
