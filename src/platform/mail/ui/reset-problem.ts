// Why a password could not be reset, in words that say what to do next.
import { useTranslation } from 'react-i18next';
import { SignInError } from '../../../web/session.ts';

export function useResetProblem(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof SignInError)) return t('problem.OFFLINE');
    if (error.status === 429) return t('problem.TOO_MANY_REQUESTS');
    if (error.code === 'INVALID_TOKEN') return t('reset.old');
    return t('problem.INTERNAL_SERVER_ERROR');
  };
}
