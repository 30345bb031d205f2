// The settings of a company as fields: the same at set-up, when adding a company and in its settings.
import { Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LEGAL_PROFILES } from '../contract.ts';
import { currencyOptions, timeZoneOptions } from './options.ts';

export interface CompanyValues {
  name: string;
  currency: string;
  timeZone: string;
  language: 'en' | 'ru';
  legalProfile: (typeof LEGAL_PROFILES)[number];
}
export interface CompanyAndSite extends CompanyValues {
  site: string;
}

interface Props {
  /** what the form says of a field: value, error, onChange */
  field: (name: keyof CompanyAndSite) => object;
  withSite?: boolean;
  readOnly?: boolean;
}

export function CompanyFields({ field, withSite, readOnly }: Props) {
  const { t, i18n } = useTranslation();
  const zones = useMemo(() => timeZoneOptions(), []);
  const currencies = useMemo(() => currencyOptions(i18n.language), [i18n.language]);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput label={t('company.name')} readOnly={readOnly} {...field('name')} />
        {withSite && (
          <TextInput
            label={t('company.site')}
            placeholder="shop.example"
            inputMode="url"
            autoCapitalize="none"
            {...field('site')}
          />
        )}
        <Select
          label={t('company.currency')}
          data={currencies}
          searchable
          limit={60}
          allowDeselect={false}
          readOnly={readOnly}
          nothingFoundMessage={t('nothingFound')}
          {...field('currency')}
        />
        <Select
          label={t('company.timeZone')}
          data={zones}
          searchable
          limit={60}
          allowDeselect={false}
          readOnly={readOnly}
          nothingFoundMessage={t('nothingFound')}
          {...field('timeZone')}
        />
        <Select
          label={t('company.language')}
          data={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
          allowDeselect={false}
          readOnly={readOnly}
          {...field('language')}
        />
      </SimpleGrid>
      <Radio.Group label={t('company.legal')} readOnly={readOnly} {...field('legalProfile')}>
        <Stack gap="xs" mt={4}>
          {LEGAL_PROFILES.map((profile) => (
            <Radio
              key={profile}
              value={profile}
              label={t(`company.legalProfile.${profile}.name`)}
              description={t(`company.legalProfile.${profile}.means`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
