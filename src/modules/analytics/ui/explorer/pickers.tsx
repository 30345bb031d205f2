// What a question asks for: measures and dimensions, searched by keyboard, each with what it means; one that makes no sense with the
// others says why, and is not taken.
import { type ComboboxItem, MultiSelect, type OptionsFilter } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExplorerQuestion, MOST_DIMENSIONS, MOST_MEASURES } from '../../explorer/question-contract.ts';
import { type Refusal, refusalOf } from '../../report/combinations-contract.ts';
import type { Property } from '../filters.ts';
import type { MeasureId } from '../measures.ts';
import type { Book } from './book.ts';
import styles from './explorer.module.css';

interface Props {
  question: ExplorerQuestion;
  book: Book;
  onMeasures: (measures: MeasureId[]) => void;
  onDimensions: (dimensions: Property[]) => void;
}

interface Option {
  id: string;
  name: string;
  means: string;
  group: string;
  /** why it can't be taken */
  cant: string | null;
}

export function Pickers({ question, book, onMeasures, onDimensions }: Props) {
  const { t } = useTranslation();
  const words = useRefusalWords(book);
  const filtered = question.filters.map(({ property }) => book.dimension(property));
  const refused = (measure: string, dimensions: readonly string[]): string | null => {
    const { needs } = book.measure(measure);
    const refusal = refusalOf(needs, { dimensions: dimensions.map(book.dimension), filtered, ofVisitors: false });
    return refusal && words(measure, refusal);
  };
  const measures = book.measures.map(
    (one): Option => ({
      ...one,
      group: one.goal === undefined ? t('explorer.ofVisits') : t('nav.goals'),
      cant: refused(one.id, question.dimensions),
    }),
  );
  const dimensions = book.dimensions.map(
    (one): Option => ({
      ...one,
      group: t(one.id.startsWith('property:') ? 'explorer.properties' : 'explorer.ofVisits'),
      cant: question.dimensions.includes(one.id)
        ? null
        : (question.measures.map((id) => refused(id, [...question.dimensions, one.id])).find((why) => why !== null) ??
          null),
    }),
  );
  return (
    <div className={styles.ask}>
      <Picker
        label={t('explorer.measures')}
        placeholder={t('explorer.addMeasure')}
        options={measures}
        chosen={question.measures}
        most={MOST_MEASURES}
        least={1}
        onChange={(ids) => onMeasures(ids as MeasureId[])}
      />
      <Picker
        label={t('explorer.dimensions')}
        placeholder={t('explorer.addDimension')}
        options={dimensions}
        chosen={question.dimensions}
        most={MOST_DIMENSIONS}
        least={0}
        onChange={(ids) => onDimensions(ids as Property[])}
      />
    </div>
  );
}

interface PickerProps {
  label: string;
  placeholder: string;
  options: readonly Option[];
  chosen: readonly string[];
  most: number;
  least: number;
  onChange: (ids: string[]) => void;
}

function Picker({ label, placeholder, options, chosen, most, least, onChange }: PickerProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState<string | null>(null);
  const byId = new Map(options.map((one) => [one.id, one]));
  const groups = [...new Set(options.map(({ group }) => group))];
  const item = ({ id, name }: Option): ComboboxItem => ({ value: id, label: name });
  const gone = chosen
    .filter((id) => !byId.has(id))
    .map((id): ComboboxItem => ({ value: id, label: id.replace(/^property:/, '') }));
  const search: OptionsFilter = ({ options: all, search: typed }) => {
    const wanted = typed.trim().toLowerCase();
    const fits = (one: ComboboxItem): boolean =>
      `${one.label} ${byId.get(one.value)?.means ?? ''}`.toLowerCase().includes(wanted);
    const found: (typeof all)[number][] = [];
    for (const one of all) {
      if (!('group' in one)) {
        if (fits(one)) found.push(one);
        continue;
      }
      const items = one.items.filter(fits);
      if (items.length > 0) found.push({ ...one, items });
    }
    return found;
  };
  return (
    <MultiSelect
      label={label}
      placeholder={chosen.length < most ? placeholder : ''}
      data={[
        ...groups.map((group) => ({ group, items: options.filter((one) => one.group === group).map(item) })),
        ...(gone.length > 0 ? [{ group: t('explorer.gone'), items: gone }] : []),
      ]}
      value={[...chosen]}
      searchable
      hidePickedOptions
      filter={search}
      maxValues={most}
      maxDropdownHeight={360}
      nothingFoundMessage={t('nothingFound')}
      error={why}
      errorProps={{ role: 'status', className: styles.cant ?? '' }}
      renderOption={({ option }) => {
        const one = byId.get(option.value);
        return (
          <span className={styles.option}>
            <span>{option.label}</span>
            {one?.means && <span className={styles.means}>{one.means}</span>}
            {one?.cant && <span className={styles.cant}>{one.cant}</span>}
          </span>
        );
      }}
      onChange={(ids) => {
        const added = ids.find((id) => !chosen.includes(id));
        const cant = added === undefined ? null : (byId.get(added)?.cant ?? null);
        setWhy(cant);
        if (cant !== null) return;
        if (ids.length < least) return setWhy(t('explorer.oneAtLeast'));
        onChange(ids);
      }}
    />
  );
}

function useRefusalWords(book: Book): (measure: string, refusal: Refusal) => string {
  const { t } = useTranslation();
  return (measure, { code, by }) =>
    t(`explorer.refused.${code}`, {
      measure: book.measure(measure).name,
      by: by.map((id) => book.dimension(id).name).join(', '),
    });
}
