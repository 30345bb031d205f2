// What stands around a table: the box that searches its rows, and the way through its pages.
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatValue } from '../format.ts';
import styles from './table-tools.module.css';

interface SearchProps {
  label: string;
  value: string;
  /** called when typing pauses */
  onSearch: (text: string) => void;
  focused?: boolean;
}

export function TableSearch({ label, value, onSearch, focused }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((text: string) => {
    sent.current = text;
    onSearch(text);
  }, 250);
  // an address gone back to changes what is in the box
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  return (
    <TextInput
      type="search"
      className={styles.search}
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={200}
      data-autofocus={focused || undefined}
      autoFocus={focused}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
}

interface PagerProps {
  /** from 1 */
  page: number;
  size: number;
  /** null: not counted */
  rows: number | null;
  shown: number;
  onPage: (page: number) => void;
}

export function TablePager({ page, size, rows, shown, onPage }: PagerProps) {
  const { t, i18n } = useTranslation();
  const first = (page - 1) * size;
  const last = rows === null ? shown < size : first + shown >= rows;
  if (page === 1 && last) return null;
  const number = (n: number) => formatValue(n, 'count', i18n.language);
  const span = { from: number(first + (shown > 0 ? 1 : 0)), to: number(first + shown), all: number(rows ?? 0) };
  return (
    <nav className={styles.pager} aria-label={t('table.pages')}>
      <button type="button" disabled={page === 1} onClick={() => onPage(page - 1)}>
        {t('table.before')}
      </button>
      <span role="status">{rows === null ? t('table.span', span) : t('table.spanOf', span)}</span>
      <button type="button" disabled={last} onClick={() => onPage(page + 1)}>
        {t('table.after')}
      </button>
    </nav>
  );
}
