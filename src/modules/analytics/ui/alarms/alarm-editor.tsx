// One alarm: what it watches and how closely, with the days on which it would have rung.
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { type Alarm, type AlarmDefinition, SENSITIVITIES } from '../../alarms/contract.ts';
import type { Book } from '../explorer/book.ts';
import { addressesIn, badAddress } from '../mailings/addresses.ts';
import { NoServer } from '../mailings/no-server.tsx';
import type { MeasureId } from '../measures.ts';
import styles from './alarms.module.css';
import { WatchedDays } from './watched-days.tsx';

const WAYS = ['both', 'more', 'less'] as const;
const NEW: AlarmDefinition = {
  version: 1,
  measure: 'visits',
  filters: [],
  way: 'both',
  sensitivity: 'usual',
  mail: [],
};

interface Props {
  alarm: Alarm | undefined;
  book: Book;
  manage: boolean;
  onSaved: () => Promise<void>;
}

export function AlarmEditor({ alarm, book, manage, onSaved }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const narrow = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [name, setName] = useState(alarm?.name ?? '');
  const [definition, setDefinition] = useState<AlarmDefinition>(alarm?.definition ?? NEW);
  const input = { workspace: workspace.id };
  const sites = useQuery(api.sites.list.queryOptions({ input }));
  const segments = useQuery(api.segments.list.queryOptions({ input }));
  const watched = useQuery(
    api.alarms.preview.queryOptions({
      // whom it tells has no bearing on when
      input: { ...input, definition: { ...definition, mail: [] } as never },
      placeholderData: keepPreviousData,
    }),
  );
  const measure = book.measure(definition.measure);
  const [mail, setMail] = useState(definition.mail.join(', '));
  const bad = badAddress(definition.mail);
  const named = name.trim() || measure.name.replace(/, .*$/, '');
  const save = useMutation({
    mutationFn: () => {
      const given = { ...input, name: named, definition: definition as never };
      return alarm
        ? client.alarms.update({ ...given, alarm: alarm.id, version: alarm.version })
        : client.alarms.create(given);
    },
    onSuccess: onSaved,
  });
  const set = (change: Partial<AlarmDefinition>) => setDefinition({ ...definition, ...change });
  const orientation = narrow ? 'vertical' : 'horizontal';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (bad === undefined) save.mutate();
      }}
    >
      <fieldset disabled={!manage} className={styles.fields}>
        <legend className="visually-hidden">{t('alarms.alarm')}</legend>
        <Select
          label={t('alarms.watch')}
          searchable
          allowDeselect={false}
          data={book.measures.map((one) => ({ value: one.id, label: one.name }))}
          value={definition.measure}
          onChange={(id) => id && set({ measure: id as MeasureId })}
        />
        {(sites.data?.length ?? 0) > 1 && (
          <Select
            label={t('alarms.site')}
            allowDeselect={false}
            data={[
              { value: '', label: t('overview.allSites') },
              ...(sites.data ?? []).map(({ id, host }) => ({ value: id, label: host })),
            ]}
            value={definition.site ?? ''}
            onChange={(site) => set({ site: site || undefined })}
          />
        )}
        {(segments.data?.length ?? 0) > 0 && (
          <Select
            label={t('alarms.of')}
            allowDeselect={false}
            data={[
              { value: '', label: t('alarms.everyone') },
              ...(segments.data ?? []).map(({ id, name: called }) => ({ value: id, label: called })),
            ]}
            value={definition.segment ?? ''}
            onChange={(segment) => set({ segment: segment || undefined })}
          />
        )}
        <TextInput
          label={t('alarms.name')}
          placeholder={named}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('alarms.mail')}
          description={t('alarms.mailHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={mail}
          error={bad && t('mailings.badAddress', { text: bad })}
          onChange={(event) => {
            setMail(event.currentTarget.value);
            set({ mail: addressesIn(event.currentTarget.value) });
          }}
        />
      </fieldset>
      {definition.mail.length > 0 && <NoServer />}
      <div className={styles.choices}>
        <SegmentedControl
          aria-label={t('alarms.way')}
          orientation={orientation}
          disabled={!manage}
          data={WAYS.map((way) => ({ value: way, label: t(`alarms.ways.${way}`) }))}
          value={definition.way}
          onChange={(way) => set({ way: way as AlarmDefinition['way'] })}
        />
        <SegmentedControl
          aria-label={t('alarms.sensitivity')}
          orientation={orientation}
          disabled={!manage}
          data={SENSITIVITIES.map((one) => ({ value: one, label: t(`alarms.sensitivities.${one}`) }))}
          value={definition.sensitivity}
          onChange={(sensitivity) => set({ sensitivity: sensitivity as AlarmDefinition['sensitivity'] })}
        />
      </div>
      {watched.isError ? (
        <Problem error={watched.error} onRetry={watched.refetch} />
      ) : (
        <div aria-busy={watched.data === undefined || watched.isPlaceholderData}>
          {watched.data && <WatchedDays days={watched.data.days} measure={measure} />}
        </div>
      )}
      {save.isError && <Problem error={save.error} />}
      {manage && (
        <Button type="submit" mt="md" loading={save.isPending}>
          {t('save')}
        </Button>
      )}
    </form>
  );
}
