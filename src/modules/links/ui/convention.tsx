// How the company writes its tags, and the domain its short links stand on.
import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Convention } from '../convention-contract.ts';
import { TAG_FIELDS, type TagField } from '../convention-contract.ts';
import styles from './convention.module.css';
import { type FieldDraft, toConvention, toDraft } from './convention-draft.ts';
import { ShortDomain } from './short-domain.tsx';

export default function ConventionScreen() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const settings = useQuery(api.links.convention.queryOptions({ input: { workspace: workspace.id } }));
  return (
    <Page
      title={t('links.convention')}
      intro={t('links.conventionIntro')}
      actions={
        <Button component={RouterLink} variant="default" to={`/w/${workspace.id}/links`}>
          {t('links.all')}
        </Button>
      }
    >
      {settings.isError ? (
        <Problem error={settings.error} onRetry={settings.refetch} />
      ) : settings.data === undefined ? (
        <Waiting />
      ) : (
        <>
          <ConventionForm kept={settings.data.convention as Convention} disabled={!may('analytics:manage')} />
          <ShortDomain
            kept={settings.data.domain}
            address={settings.data.address}
            disabled={!may('analytics:manage')}
          />
        </>
      )}
    </Page>
  );
}

function ConventionForm({ kept, disabled }: { kept: Convention; disabled: boolean }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const problem = useProblemText();
  const [draft, setDraft] = useState(() => toDraft(kept));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.links.key() });
  const put = (convention: Convention) => client.links.setConvention({ workspace: workspace.id, convention });
  const save = useMutation({
    mutationFn: () => put(toConvention(draft)),
    onSuccess: async () => {
      await offerUndo({
        text: t('links.conventionSaved'),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await put(kept);
          setDraft(toDraft(kept));
          await reload();
        },
      });
      await reload();
    },
  });
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const setField = (id: TagField, change: Partial<FieldDraft>) =>
    set({ fields: { ...draft.fields, [id]: { ...draft.fields[id], ...change } } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset disabled={disabled} className={styles.fieldset}>
        <legend className="visually-hidden">{t('links.convention')}</legend>
        <div className={styles.style}>
          <Switch
            label={t('links.rules.lowerCase')}
            checked={draft.lowerCase}
            onChange={(event) => set({ lowerCase: event.currentTarget.checked })}
          />
          <Switch
            label={t('links.rules.latin')}
            checked={draft.latin}
            onChange={(event) => set({ latin: event.currentTarget.checked })}
          />
          <Select
            label={t('links.rules.separator')}
            data={[
              { value: '-', label: t('links.rules.dash') },
              { value: '_', label: t('links.rules.underscore') },
              { value: '', label: t('links.rules.any') },
            ]}
            value={draft.separator}
            allowDeselect={false}
            disabled={disabled}
            onChange={(value) => set({ separator: (value ?? '') as Convention['separator'] })}
          />
        </div>
        {TAG_FIELDS.map((id) => {
          const field = draft.fields[id];
          return (
            <Section key={id} title={t(`links.field.${id}`)} hint={`utm_${id}`}>
              <div className={styles.field}>
                <Textarea
                  label={t('links.rules.values')}
                  description={t('links.rules.valuesMean')}
                  autosize
                  minRows={2}
                  maxRows={10}
                  value={field.lines}
                  onChange={(event) => setField(id, { lines: event.currentTarget.value })}
                />
                <div className={styles.choices}>
                  <Switch
                    label={t('links.rules.required')}
                    aria-label={`${t('links.rules.required')}: ${t(`links.field.${id}`)}`}
                    checked={field.required}
                    onChange={(event) => setField(id, { required: event.currentTarget.checked })}
                  />
                  <Switch
                    label={t('links.rules.only')}
                    aria-label={`${t('links.rules.only')}: ${t(`links.field.${id}`)}`}
                    checked={field.only}
                    onChange={(event) => setField(id, { only: event.currentTarget.checked })}
                  />
                  <TextInput
                    label={t('links.rules.template')}
                    description={t('links.rules.templateMeans')}
                    placeholder="{yyyy}-{mm}_{product}"
                    value={field.template}
                    maxLength={120}
                    onChange={(event) => setField(id, { template: event.currentTarget.value })}
                  />
                </div>
              </div>
            </Section>
          );
        })}
        {save.isError && <Problem error={save.error} />}
        {!disabled && (
          <Button type="submit" loading={save.isPending} className={styles.save ?? ''}>
            {t('save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
