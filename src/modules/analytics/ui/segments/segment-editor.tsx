// Builds a segment: what it chooses, in groups of conditions, said back as a sentence and counted while it changes.
import { Button, Group as Row, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../../web/api.ts';
import { addDays, todayIn } from '../../../../web/dates.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Segment, SegmentDefinition } from '../../segments/contract.ts';
import { emptyGroup, type Group, newCondition, toDraft, toFilter } from './draft.ts';
import { GroupEditor } from './group-editor.tsx';
import { LiveCount } from './live-count.tsx';
import { SavedSegments } from './saved-segments.ts';
import { SegmentScopeContext } from './scope.ts';
import styles from './segments.module.css';
import { useSegmentWords } from './use-segment-words.ts';

interface Props {
  /** left out: a new one */
  segment?: Segment;
  /** what a new one begins as */
  start?: Pick<Segment, 'name' | 'definition'>;
  all: readonly Segment[];
  onSaved: (segment: Segment) => void;
  onClose: () => void;
}

const SELECTS = ['visitors', 'visits'] as const;

export function SegmentEditor({ segment, start, all, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const begun = segment ?? start;
  const [name, setName] = useState(begun?.name ?? '');
  const [site, setSite] = useState(segment?.site ?? null);
  const [selects, setSelects] = useState(begun?.definition.selects ?? 'visitors');
  const [group, setGroup] = useState<Group>(() =>
    begun ? toDraft(begun.definition.where) : emptyGroup([newCondition('did')]),
  );
  const definition: SegmentDefinition = { version: 1, selects, where: toFilter(group) ?? { and: [] } };
  const nameOf = (id: string) => all.find((one) => one.id === id)?.name;
  const words = useSegmentWords({ nameOf });
  const save = useMutation({
    mutationFn: () => {
      const given = { workspace: workspace.id, name, site, definition };
      return segment
        ? client.segments.update({ ...given, segment: segment.id, version: segment.version })
        : client.segments.create(given);
    },
    onSuccess: onSaved,
  });
  const today = todayIn(workspace.timeZone);
  const period: [string, string] = [addDays(today, -89), addDays(today, 1)];
  return (
    <SegmentScopeContext value={{ period, ...(site ? { site } : {}) }}>
      <SavedSegments value={{ segments: all, editing: segment?.id, nameOf }}>
        <form
          className={styles.editor}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') save.mutate();
          }}
        >
          <Row gap="sm" align="flex-end">
            <TextInput
              label={t('segments.name')}
              className={styles.name}
              value={name}
              maxLength={120}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            {(sites.data?.length ?? 0) > 1 && (
              <Select
                label={t('overview.site')}
                data={[
                  { value: '', label: t('overview.allSites') },
                  ...(sites.data ?? []).map((one) => ({ value: one.id, label: one.host })),
                ]}
                value={site ?? ''}
                allowDeselect={false}
                onChange={(id) => setSite(id || null)}
              />
            )}
          </Row>
          <div className={styles.selects}>
            <Tabs
              label={t('segments.selects')}
              tabs={SELECTS.map((id) => ({ id, name: t(`segments.select.${id}`) }))}
              chosen={selects}
              onChoose={setSelects}
            />
            <span className={styles.hint}>{t(`segments.selectMeans.${selects}`)}</span>
          </div>
          <div className={styles.said}>
            <p className={styles.sentence}>{words(definition)}</p>
            <LiveCount definition={definition} site={site} />
          </div>
          <GroupEditor group={group} depth={0} selects={selects} onChange={setGroup} />
          <p className={styles.hint}>{t('segments.windows')}</p>
          {save.isError && <Problem error={save.error} />}
          <Row gap="xs">
            {may('analytics:manage') && (
              <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
                {t('save')}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </Row>
        </form>
      </SavedSegments>
    </SegmentScopeContext>
  );
}
