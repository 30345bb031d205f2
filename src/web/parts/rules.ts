// What forms ask of their fields, in the words of the screen's language.
import { useTranslation } from 'react-i18next';

export const MIN_PASSWORD = 10;

export function useRules() {
  const { t } = useTranslation();
  return {
    filled: (value: string) => (value.trim() === '' ? t('rules.filled') : null),
    email: (value: string) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('rules.email')),
    password: (value: string) => (value.length < MIN_PASSWORD ? t('rules.password', { count: MIN_PASSWORD }) : null),
    host: (value: string) =>
      /^([a-z]+:\/\/)?[\p{L}\p{N}.-]+(:\d{1,5})?([/?#].*)?$/iu.test(value.trim()) ? null : t('rules.host'),
  };
}
