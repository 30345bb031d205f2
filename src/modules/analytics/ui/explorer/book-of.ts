// Measures and dimensions as people read and choose them: names, definitions in words, units, and where they can go together. The same
// for screens and for what the server writes.
import type { TFunction } from 'i18next';
import { currencySign } from '../../../../web/format.ts';
import type { DimensionFacts, MeasureNeeds } from '../../report/combinations-contract.ts';
import { GOAL_MEASURES, type GoalMeasure } from '../../report/vocabulary.ts';
import type { Property } from '../filters.ts';
import type { Measure, MeasureId } from '../measures.ts';

export interface BookMeasure extends Measure {
  name: string;
  means: string;
  /** whether the figures of parts may be added up */
  adds: boolean;
  needs: MeasureNeeds;
  /** of a goal: its name */
  goal?: string;
}
export interface BookDimension extends DimensionFacts {
  id: Property;
  name: string;
  means: string;
}
export interface Book {
  measures: readonly BookMeasure[];
  dimensions: readonly BookDimension[];
  /** one that is not there any more is named by its id */
  measure(id: string): BookMeasure;
  dimension(id: string): BookDimension;
}

interface Described {
  id: string;
  unit: Measure['unit'];
  direction: Measure['direction'];
  adds: boolean;
  needs: MeasureNeeds;
}
export interface BookGoal {
  id: string;
  name: string;
  /** counts events, not visits */
  ofEvents: boolean;
}
/** A saved goal as the book knows it. */
export const bookGoal = (goal: { id: string; name: string; definition: object }): BookGoal => ({
  ...{ id: goal.id, name: goal.name },
  ofEvents: 'act' in goal.definition,
});

export interface Given {
  vocabulary: { measures: readonly Described[]; dimensions: readonly DimensionFacts[] };
  goals: readonly BookGoal[];
  properties: readonly string[];
  currency: string;
}

const GOAL_UNITS = {
  conversions: 'count',
  goalValue: 'money',
  convertedVisits: 'count',
  conversionRate: 'share',
} as const;
const GOAL_NAMES: Readonly<Record<GoalMeasure, string>> = {
  conversions: 'conversions',
  goalValue: 'value',
  convertedVisits: 'convertedVisits',
  conversionRate: 'conversionRate',
};

/** Puts the book together in a language. */
export function bookOf(given: Given, t: TFunction, language: string): Book {
  const sign = currencySign(given.currency, language);
  const own = given.vocabulary.measures.map(
    (one): BookMeasure => ({
      ...one,
      id: one.id as MeasureId,
      sums: isCount(one.unit) && one.needs !== 'costs' && one.id !== 'averageOrder',
      name:
        one.id === 'cost' ? `${t('measure.cost')}, ${sign}` : t(`measure.${one.id}`, { sign, defaultValue: one.id }),
      means: t(`means.measure.${one.id}`, { defaultValue: '' }),
    }),
  );
  const ofGoals = given.goals.flatMap((goal) =>
    GOAL_MEASURES.map((kind): BookMeasure => {
      const ofEvents = goal.ofEvents && ['conversions', 'goalValue'].includes(kind);
      return {
        id: `${kind}:${goal.id}`,
        unit: GOAL_UNITS[kind],
        direction: 1,
        sums: kind !== 'conversionRate',
        adds: kind !== 'conversionRate',
        needs: ofEvents ? 'anything' : 'visits',
        name: `${goal.name}: ${t(`goals.${GOAL_NAMES[kind]}`, { sign }).toLocaleLowerCase(language)}`,
        means: t(`means.goal.${kind}`),
        goal: goal.name,
      };
    }),
  );
  const measures = [...own, ...ofGoals];
  const dimensions = [
    ...given.vocabulary.dimensions.map(
      (one): BookDimension => ({
        ...one,
        id: one.id as Property,
        name: t(`dimension.${one.id}`, { defaultValue: one.id }),
        means: t(`means.dimension.${one.id}`, { defaultValue: '' }),
      }),
    ),
    ...given.properties.map(ofProperty),
  ];
  function ofProperty(name: string): BookDimension {
    const facts = { visit: false, many: false, cost: false };
    return { id: `property:${name}`, ...facts, name: t('explorer.property', { name }), means: t('means.property') };
  }
  return {
    measures,
    dimensions,
    measure: (id) =>
      measures.find((one) => one.id === id) ?? {
        id: id as MeasureId,
        unit: 'count',
        direction: 0,
        sums: false,
        adds: false,
        needs: 'anything',
        name: t('explorer.gone'),
        means: '',
      },
    dimension: (id) => dimensions.find((one) => one.id === id) ?? ofProperty(id.replace(/^property:/, '')),
  };
}

const isCount = (unit: Measure['unit']): boolean => unit === 'count' || unit === 'money' || unit === 'bytes';
