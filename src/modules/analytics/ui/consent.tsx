// The consent banner of a site: how it behaves and what it says in each language; publishing makes a new version.
import { Button, Group, Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { CONSENT_MODES } from '../contract.ts';
import { type ConsentTexts, type ConsentWords, consentValues, publishedTexts } from './consent-values.ts';
import styles from './start.module.css';

interface Props {
  site: { id: string; host: string };
  manage: boolean;
}

export function Consent({ site, manage }: Props) {
  const { workspace } = useWorkspace();
  const input = { workspace: workspace.id, site: site.id };
  const consent = useQuery(api.consent.get.queryOptions({ input }));
  if (consent.isError) return <Problem error={consent.error} onRetry={consent.refetch} />;
  if (consent.data === undefined) return <Waiting />;
  return <ConsentForm key={consent.data.version} input={input} consent={consent.data} manage={manage} />;
}

interface FormProps {
  input: { workspace: string; site: string };
  consent: { version: number; texts: ConsentTexts };
  manage: boolean;
}

function ConsentForm({ input, consent, manage }: FormProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: consentValues(consent.texts) });
  const publish = useMutation({
    mutationFn: (values: typeof form.values) => client.consent.set({ ...input, texts: publishedTexts(values) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.consent.key() }),
  });
  return (
    <form className={styles.banner} onSubmit={form.onSubmit((values) => publish.mutate(values))}>
      <Stack gap="md">
        <Radio.Group label={t('consent.mode')} readOnly={!manage} {...form.getInputProps('mode')}>
          <Stack gap="xs" mt={4}>
            {CONSENT_MODES.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`consent.modes.${mode}.name`)}
                description={t(`consent.modes.${mode}.means`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.mode !== 'off' && (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            {(['en', 'ru'] as const).map((language) => (
              <fieldset key={language} style={{ border: 0, margin: 0, padding: 0 }}>
                <legend style={{ padding: 0, fontWeight: 600 }}>{t(`consent.in.${language}`)}</legend>
                <Words
                  field={(name) => form.getInputProps(`${language}.${name}`)}
                  decline={form.values.mode === 'opt-in'}
                  readOnly={!manage}
                />
              </fieldset>
            ))}
          </SimpleGrid>
        )}
        {publish.isError && <Problem error={publish.error} />}
        <Group gap="md">
          {manage && (
            <Button type="submit" loading={publish.isPending} disabled={!form.isDirty() && consent.version > 0}>
              {t('consent.publish')}
            </Button>
          )}
          <p className={styles.note}>
            {consent.version > 0 ? t('consent.version', { version: consent.version }) : t('consent.unpublished')}
          </p>
        </Group>
      </Stack>
    </form>
  );
}

interface WordsProps {
  field: (name: keyof ConsentWords) => object;
  decline: boolean;
  readOnly: boolean;
}

function Words({ field, decline, readOnly }: WordsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" mt="xs">
      <TextInput label={t('consent.title')} maxLength={120} readOnly={readOnly} {...field('title')} />
      <Textarea
        label={t('consent.text')}
        maxLength={2000}
        autosize
        minRows={3}
        readOnly={readOnly}
        {...field('text')}
      />
      <TextInput label={t('consent.accept')} maxLength={40} readOnly={readOnly} {...field('accept')} />
      {decline && <TextInput label={t('consent.decline')} maxLength={40} readOnly={readOnly} {...field('decline')} />}
      <TextInput
        label={t('consent.policy')}
        type="url"
        placeholder="https://shop.example/privacy"
        readOnly={readOnly}
        {...field('policyUrl')}
      />
    </Stack>
  );
}
