// Many addresses tagged at once: pasted from a spreadsheet, tags for all above them, each row held to the convention; copied, saved as
// a file, or kept with a short address each.
import { Autocomplete, Button, Group, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type BulkKept, type BulkRow, type BulkShown, MOST_ROWS } from '../../bulk/contract.ts';
import { TAG_FIELDS, type TagField, type Tags } from '../../convention-contract.ts';
import styles from '../links.module.css';
import { BulkTable } from './bulk-table.tsx';
import { filledRow, pastedRows } from './pasted-rows.ts';

const EMPTY: Tags = { source: '', medium: '', campaign: '', content: '', term: '' };

export default function BulkLinks() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  // another screen may hand addresses over
  const [address] = useAddress();
  const [text, setText] = useState(typeof address.rows === 'string' ? address.rows : '');
  const [common, setCommon] = useState<Tags>(EMPTY);
  /** mends by row and field, over what was pasted */
  const [mends, setMends] = useState<Readonly<Record<number, Partial<Tags>>>>({});
  const settings = useQuery(api.links.convention.queryOptions({ input: { workspace: workspace.id } }));
  const rows = useMemo(
    (): BulkRow[] => pastedRows(text).map((row, index) => ({ ...filledRow(row, common), ...mends[index] })),
    [text, common, mends],
  );
  const [asked] = useDebouncedValue(rows, 250);
  const tooMany = rows.length > MOST_ROWS;
  const preview = useQuery(
    api.bulkLinks.preview.queryOptions({
      input: { workspace: workspace.id, rows: asked },
      enabled: asked.length > 0 && asked.length <= MOST_ROWS,
      placeholderData: keepPreviousData,
    }),
  );
  const keep = useMutation({
    mutationFn: () => client.bulkLinks.keep({ workspace: workspace.id, rows }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.links.key() }),
  });
  const shown = rows.length === 0 ? [] : ((preview.data ?? []) as BulkShown[]);
  const mendable = shown.reduce((sum, { breaches }) => sum + breaches.filter(({ mend }) => mend !== null).length, 0);
  const mendAll = () =>
    setMends(
      Object.fromEntries(
        shown.map(({ breaches }, index) => [
          index,
          {
            ...mends[index],
            ...Object.fromEntries(breaches.flatMap(({ field, mend }) => (mend === null ? [] : [[field, mend]]))),
          },
        ]),
      ),
    );
  const change = (next: () => void) => {
    setMends({});
    keep.reset();
    next();
  };
  const kept = keep.data as BulkKept[] | undefined;
  const addresses = shown.flatMap(({ url }) => url ?? []);
  const field = (id: TagField) => (
    <Autocomplete
      key={id}
      label={t(`links.field.${id}`)}
      data={settings.data?.convention.fields[id].values.map((one) => one.value) ?? []}
      withScrollArea={false}
      value={common[id]}
      maxLength={200}
      onChange={(value) => change(() => setCommon({ ...common, [id]: value }))}
    />
  );
  return (
    <Page
      title={t('bulk.title')}
      intro={t('bulk.intro')}
      actions={
        <Button component={RouterLink} variant="default" to={`/w/${workspace.id}/links`}>
          {t('links.all')}
        </Button>
      }
    >
      <div className={styles.bulk}>
        <Textarea
          label={t('bulk.addresses')}
          description={t('bulk.addressesHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={'https://shop.example/tents\nhttps://shop.example/boots'}
          autosize
          minRows={6}
          maxRows={16}
          spellCheck={false}
          value={text}
          error={tooMany && t('bulk.tooMany', { most: MOST_ROWS, count: rows.length })}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change(() => setText(value));
          }}
        />
        <fieldset className={styles.common}>
          <legend>{t('bulk.forAll')}</legend>
          {TAG_FIELDS.map(field)}
        </fieldset>
      </div>
      {preview.isError && <Problem error={preview.error} onRetry={preview.refetch} />}
      {keep.isError && <Problem error={keep.error} />}
      {rows.length > 0 && shown.length > 0 && (
        <div aria-busy={preview.isPlaceholderData}>
          <Group gap="xs" my="md">
            {may('analytics:manage') && !kept && (
              <Button
                loading={keep.isPending}
                disabled={addresses.length === 0 || tooMany}
                onClick={() => keep.mutate()}
              >
                {t('bulk.keep', { count: addresses.length })}
              </Button>
            )}
            <CopyAll addresses={addresses} />
            {mendable > 0 && !kept && (
              <Button variant="default" onClick={mendAll}>
                {t('links.mendAll', { count: mendable })}
              </Button>
            )}
          </Group>
          {kept && (
            <output className={styles.said}>
              {t('bulk.kept', { count: kept.filter(({ link }) => link !== null).length })}
            </output>
          )}
          <BulkTable rows={asked} shown={shown} kept={kept} />
        </div>
      )}
    </Page>
  );
}

function CopyAll({ addresses }: { addresses: readonly string[] }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState('');
  const text = addresses.join('\n');
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(text);
  };
  // without a secure page there is no clipboard; the files below hold the same
  if (!navigator.clipboard) return null;
  return (
    <Button variant="default" disabled={addresses.length === 0} onClick={() => void copy()}>
      {t(copied === text && text !== '' ? 'copy.copied' : 'bulk.copyAll')}
    </Button>
  );
}
