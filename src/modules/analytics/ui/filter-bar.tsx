// The filters in force as words that can be changed or taken off, and the button that adds one.
import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEscape } from '../../../web/parts/use-escape.ts';
import { FilterEditor } from './filter-editor.tsx';
import { needsValue, type ScreenFilter } from './filters.ts';
import styles from './overview.module.css';
import { SegmentChip, SegmentPick } from './segment-filter.tsx';
import type { View, ViewChange } from './view.ts';
import { usePropertyName, useValueWords } from './words.ts';

interface Props {
  view: View;
  change: (change: ViewChange) => void;
}

export function FilterButton({ view, change }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useEscape(opened, () => setOpened(false));
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus withRoles>
      <Popover.Target>
        <Button variant="default" className={styles.pick} onClick={() => setOpened(!opened)}>
          {t('filter.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.button')}>
        <SegmentPick
          view={view}
          onPick={(segment) => {
            setOpened(false);
            change({ segment });
          }}
        />
        <FilterEditor
          view={view}
          onDone={(made) => {
            setOpened(false);
            if (made) change({ filters: [...view.filters, made] });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

export function FilterBar({ view, change }: Props) {
  const { t } = useTranslation();
  if (view.filters.length === 0 && view.segment === undefined) return null;
  const replace = (index: number, by: ScreenFilter | null) =>
    change({ filters: view.filters.flatMap((one, at) => (at === index ? (by ? [by] : []) : [one])) });
  return (
    <section className={styles.chips} aria-label={t('filter.applied')}>
      {view.segment !== undefined && (
        <SegmentChip id={view.segment} period={view.period} onRemove={() => change({ segment: undefined })} />
      )}
      {view.filters.map((one, index) => (
        <Chip
          key={`${one.property}-${one.operator}-${one.values.join()}`}
          filter={one}
          view={view}
          onChange={(by) => replace(index, by)}
        />
      ))}
      {view.filters.length > 1 && (
        <button type="button" className={styles.quiet} onClick={() => change({ filters: [], segment: undefined })}>
          {t('filter.clear')}
        </button>
      )}
    </section>
  );
}

interface ChipProps {
  filter: ScreenFilter;
  view: View;
  onChange: (by: ScreenFilter | null) => void;
}

function Chip({ filter, view, onChange }: ChipProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useEscape(opened, () => setOpened(false));
  const propertyName = usePropertyName();
  const words = useValueWords();
  const values = filter.values.map((value) => words(filter.property, value)).join(t('filter.or'));
  const said = `${propertyName(filter.property)} ${t(`operator.${filter.operator}`)}${needsValue(filter.operator) ? ` ${values}` : ''}`;
  return (
    <span className={styles.chip}>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus withRoles>
        <Popover.Target>
          <button type="button" onClick={() => setOpened(!opened)}>
            {said}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={said}>
          <FilterEditor
            view={view}
            start={filter}
            onDone={(by) => {
              setOpened(false);
              if (by) onChange(by);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <button type="button" aria-label={t('filter.remove', { filter: said })} onClick={() => onChange(null)}>
        ×
      </button>
    </span>
  );
}
