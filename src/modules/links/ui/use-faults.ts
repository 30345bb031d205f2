// What is wrong with tags, in words.
import { useTranslation } from 'react-i18next';
import type { Breach } from '../convention-contract.ts';

export function useFaultWords(): (breach: Breach) => string {
  const { t } = useTranslation();
  return ({ field, code, value }) => t(`links.breach.${code}`, { field: t(`links.field.${field}`), value });
}
