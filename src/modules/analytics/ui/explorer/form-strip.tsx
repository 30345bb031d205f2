// The forms an answer can be shown in. One that lacks a dimension brings it along; one that can't be says why.

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExplorerQuestion, FORMS, type Form } from '../../explorer/question-contract.ts';
import type { Property } from '../filters.ts';
import { grainOf, resolvePeriod } from '../period.ts';
import type { Book } from './book.ts';
import styles from './explorer.module.css';
import { cantBe, dimensionsFor } from './forms.ts';

interface Props {
  question: ExplorerQuestion;
  book: Book;
  today: string;
  onForm: (form: Form, dimensions: Property[]) => void;
}

export function FormStrip({ question, book, today, onForm }: Props) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<string | null>(null);
  const lead = book.measure(question.lead ?? question.measures[0]!);
  const dimensions = question.dimensions as Property[];
  const grain = grainOf(resolvePeriod(question.period, today));
  const unitOf = (id: string) => book.measure(id).unit;
  return (
    <>
      <fieldset className={styles.forms} aria-label={t('explorer.form')}>
        {FORMS.map((form) => {
          const cant = cantBe(form, { ...question, dimensions }, lead, unitOf);
          return (
            <button
              key={form}
              type="button"
              className={styles.form}
              aria-pressed={question.form === form}
              aria-disabled={cant !== null && form !== 'funnel'}
              title={cant ? t(`explorer.cant.${cant}`, { measure: lead.name }) : undefined}
              onClick={() => {
                // a funnel of measures needs two of them, a saved one none: both are chosen in the form itself
                if (cant && form !== 'funnel') return setSaid(t(`explorer.cant.${cant}`, { measure: lead.name }));
                const next = dimensionsFor(form, dimensions, grain);
                const added = next.filter((id) => !dimensions.includes(id)).map((id) => book.dimension(id).name);
                const dropped = dimensions.filter((id) => !next.includes(id)).map((id) => book.dimension(id).name);
                setSaid(
                  [
                    ...(added.length > 0 ? [t('explorer.added', { what: added.join(', ') })] : []),
                    ...(dropped.length > 0 ? [t('explorer.dropped', { what: dropped.join(', ') })] : []),
                  ].join(' ') || null,
                );
                onForm(form, next);
              }}
            >
              {t(`explorer.forms.${form}`)}
            </button>
          );
        })}
      </fieldset>
      {said && (
        <p className={styles.said} role="status">
          {said}
        </p>
      )}
    </>
  );
}
