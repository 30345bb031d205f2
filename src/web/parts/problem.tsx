// Something could not be shown or done: said where it happened, in words that say what to do next.
import { Button } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { useTranslation } from 'react-i18next';
import { errorCode } from '../api.ts';
import styles from './problem.module.css';

/** Codes whose meaning the screen's own words carry; for others the server's message says it best. */
const OWN_WORDS = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'TOO_MANY_REQUESTS',
  'SERVICE_UNAVAILABLE',
  'OFFLINE',
  'INTERNAL_SERVER_ERROR',
];

export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const code = errorCode(error);
    if (OWN_WORDS.includes(code)) return t(`problem.${code}`);
    return error instanceof ORPCError && error.message !== '' ? error.message : t('problem.INTERNAL_SERVER_ERROR');
  };
}

interface Props {
  error: unknown;
  onRetry?: () => unknown;
}

export function Problem({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <div className={styles.problem} role="alert">
      <span>{text(error)}</span>
      {onRetry && (
        <Button variant="default" onClick={() => void onRetry()}>
          {t('problem.retry')}
        </Button>
      )}
    </div>
  );
}
