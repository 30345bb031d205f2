// Builds a link: where it will stand, what it is for, and the address that comes of it.
import { Autocomplete, Button, Group as Row, Select, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { Link } from '../contract.ts';
import { TAG_FIELDS, type TagField, type Tags } from '../convention-contract.ts';
import { PreviewOfLink } from './link-preview.tsx';
import styles from './links.module.css';
import { PLACES } from './places.ts';

interface Props {
  /** left out: a new one */
  link?: Link;
  onSaved: (link: Link) => void;
  onClose: () => void;
}

const EMPTY: Tags = { source: '', medium: '', campaign: '', content: '', term: '' };

export function LinkEditor({ link, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [target, setTarget] = useState(link?.target ?? '');
  const [tags, setTags] = useState<Tags>(() => (link ? pick(link) : EMPTY));
  const [name, setName] = useState(link?.name ?? '');
  const [code, setCode] = useState('');
  const [lastDay, setLastDay] = useState(link?.lastDay ?? '');
  const [active, setActive] = useState(link?.active ?? true);
  const named = name.trim() || [tags.campaign, tags.source, tags.content].filter(Boolean).join(' · ');
  const [asked] = useDebouncedValue({ target, ...tags }, 250);
  const settings = useQuery(api.links.convention.queryOptions({ input: { workspace: workspace.id } }));
  const preview = useQuery(
    api.links.preview.queryOptions({
      input: { workspace: workspace.id, ...asked, ...(link ? { link: link.id } : {}) },
      placeholderData: keepPreviousData,
    }),
  );
  const save = useMutation({
    mutationFn: () => {
      const given = { workspace: workspace.id, name: named, target, ...tags, lastDay: lastDay || null, active };
      return link
        ? client.links.update({ ...given, link: link.id, version: link.version })
        : client.links.create({ ...given, ...(code.trim() === '' ? {} : { code: code.trim() }) });
    },
    onSuccess: onSaved,
  });
  const set = (change: Partial<Tags>) => setTags((before) => ({ ...before, ...change }));
  const field = (id: TagField) => (
    <Autocomplete
      key={id}
      label={t(`links.field.${id}`)}
      description={t(`links.means.${id}`)}
      data={settings.data?.convention.fields[id].values.map((one) => one.value) ?? []}
      withScrollArea={false}
      value={tags[id]}
      maxLength={200}
      required={settings.data?.convention.fields[id].required ?? false}
      withAsterisk={false}
      onChange={(value) => set({ [id]: value })}
    />
  );
  return (
    <div className={styles.editor}>
      <form
        className={styles.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (named !== '') save.mutate();
        }}
      >
        <TextInput
          label={t('links.target')}
          placeholder="https://shop.example/sale"
          inputMode="url"
          value={target}
          maxLength={2000}
          onChange={(event) => setTarget(event.currentTarget.value)}
          data-autofocus
        />
        {!link && (
          <Select
            label={t('links.place')}
            description={t('links.placeMeans')}
            data={Object.keys(PLACES).map((id) => ({ value: id, label: t(`links.places.${id}`) }))}
            searchable
            nothingFoundMessage={t('nothingFound')}
            onChange={(id) => id && setTags((before) => ({ ...EMPTY, campaign: before.campaign, ...PLACES[id] }))}
          />
        )}
        <div className={styles.pair}>
          {field('source')}
          {field('medium')}
        </div>
        {field('campaign')}
        <div className={styles.pair}>
          {field('content')}
          {field('term')}
        </div>
        <TextInput
          label={t('links.name')}
          placeholder={named || t('links.namePlaceholder')}
          value={name}
          maxLength={160}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          {!link && (
            <TextInput
              label={t('links.code')}
              description={t('links.codeMeans')}
              value={code}
              maxLength={40}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          <TextInput
            type="date"
            label={t('links.lastDay')}
            description={t('links.lastDayMeans')}
            value={lastDay}
            onChange={(event) => setLastDay(event.currentTarget.value)}
          />
        </div>
        {link && (
          <Switch
            label={t('links.active')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
        )}
        {save.isError && <Problem error={save.error} />}
        <Row gap="xs">
          <Button type="submit" loading={save.isPending} disabled={named === '' || target.trim() === ''}>
            {t(link ? 'save' : 'links.keep')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </Row>
      </form>
      <div className={styles.result}>
        {preview.isError && <Problem error={preview.error} onRetry={preview.refetch} />}
        {preview.data && <PreviewOfLink found={preview.data} busy={preview.isPlaceholderData} onMend={set} />}
        <p className={styles.hint}>
          <RouterLink to={`/w/${workspace.id}/links/convention`}>{t('links.toConvention')}</RouterLink>
        </p>
      </div>
    </div>
  );
}

const pick = (link: Link): Tags => Object.fromEntries(TAG_FIELDS.map((id) => [id, link[id]])) as Tags;
