// One filter: property, operator and values, with the values that really occur offered while typing.
import { Button, Group, Select, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  FILTER_PROPERTIES,
  needsValue,
  OPERATORS,
  type Operator,
  type Property,
  reportFilter,
  type ScreenFilter,
} from './filters.ts';
import { useSuggestions } from './use-suggestions.ts';
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
  const { filters: _, ...scope } = view.scope;
  const others = reportFilter(
    view.filters.filter((one) => one.property !== property),
    view.further,
  );
  const suggestions = useSuggestions({ scope, others, property, typed, wanted: needsValue(operator) });

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
