// One filter: property, operator and values, with the values that really occur offered while typing.
import { Button, Group, Select, Stack, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import {
  FILTER_PROPERTIES,
  needsValue,
  OPERATORS,
  type Operator,
  type Property,
  reportFilter,
  type ScreenFilter,
} from './filters.ts';
import type { View } from './view.ts';
import { usePropertyName, useValueWords } from './words.ts';

interface Props {
  view: View;
  start?: ScreenFilter;
  onDone: (filter: ScreenFilter | null) => void;
}

export function FilterEditor({ view, start, onDone }: Props) {
  const { t } = useTranslation();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const [property, setProperty] = useState<Property>(start?.property ?? 'channel');
  const [operator, setOperator] = useState<Operator>(start?.operator ?? 'is');
  const [values, setValues] = useState<string[]>([...(start?.values ?? [])]);
  const [typed, setTyped] = useState('');
  const suggestions = useSuggestions(view, property, typed, needsValue(operator));

  // values are chosen by their words and kept as the report knows them
  const byWords = new Map([...suggestions, ...values].map((value) => [words(property, value), value]));
  const ready = !needsValue(operator) || values.length > 0 || typed.trim() !== '';
  return (
    <form
      style={{ width: 288, maxWidth: 'calc(100vw - 64px)' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const last = typed.trim();
        const all = last === '' ? values : [...values, byWords.get(last) ?? last];
        onDone({ property, operator, values: needsValue(operator) ? all : [] });
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('filter.property')}
          data={FILTER_PROPERTIES.map((id) => ({ value: id, label: propertyName(id) }))}
          value={property}
          searchable
          openOnFocus={false}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(next) => {
            setProperty((next ?? 'channel') as Property);
            setValues([]);
            setTyped('');
          }}
        />
        <Select
          label={t('filter.operator')}
          data={OPERATORS.map((id) => ({ value: id, label: t(`operator.${id}`) }))}
          value={operator}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(next) => setOperator((next ?? 'is') as Operator)}
        />
        {needsValue(operator) && (
          <TagsInput
            label={t('filter.value')}
            data={[...byWords.keys()]}
            limit={20}
            value={values.map((value) => words(property, value))}
            searchValue={typed}
            onSearchChange={setTyped}
            onChange={(chosen) => setValues(chosen.map((word) => byWords.get(word) ?? word))}
            comboboxProps={{ withinPortal: false }}
            maxTags={100}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => onDone(null)}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!ready}>
            {t('filter.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The values of a property by visitors, under the filters of other properties. */
function useSuggestions(view: View, property: Property, typed: string, wanted: boolean): string[] {
  const { workspace } = useWorkspace();
  const [search] = useDebouncedValue(typed.trim(), 250);
  const others = view.filters.filter((one) => one.property !== property);
  // names of countries and channels are words of the screen, so only the report's own texts can be searched there
  const searchable = !['country', 'language', 'channel', 'device'].includes(property) && search !== '';
  const filters = reportFilter(others, searchable ? [{ property, is: 'contains', value: search }] : []);
  const { filters: _, ...scope } = view.scope;
  const found = useQuery(
    api.reports.run.queryOptions({
      input: {
        workspace: workspace.id,
        ...scope,
        ...(filters ? { filters } : {}),
        measures: ['visitors'],
        dimensions: [property],
        sort: '-visitors',
        limit: searchable ? 20 : 250,
      },
      enabled: wanted,
    }),
  );
  return (found.data?.rows ?? []).map((row) => String(row[property] ?? '')).filter((value) => value !== '');
}
