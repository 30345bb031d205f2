// Which site the figures are of, when the company has several.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  sites: readonly { id: string; host: string }[];
  chosen: string | undefined;
  onChoose: (host: string | undefined) => void;
}

export function SitePicker({ sites, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  if (sites.length < 2) return null;
  return (
    <Select
      aria-label={t('overview.site')}
      w={176}
      allowDeselect={false}
      data={[
        { value: '', label: t('overview.allSites') },
        ...sites.map((site) => ({ value: site.host, label: site.host })),
      ]}
      value={sites.find((site) => site.id === chosen || site.host === chosen)?.host ?? ''}
      onChange={(host) => onChoose(host || undefined)}
    />
  );
}
