// The name of a job in words; a job this version does not know is called as it is in the database.
import { useTranslation } from 'react-i18next';

export function useJobName(): (title: string) => string {
  const { t } = useTranslation();
  return (title) => t(`jobs.names.${title.split('.').at(-1) ?? ''}`, { defaultValue: title });
}
