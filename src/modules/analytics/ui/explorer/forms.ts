// Which form an answer can take, what a question lacks for one, and how it is completed when someone chooses the form all the same.
import type { Form } from '../../explorer/question-contract.ts';
import type { Property } from '../filters.ts';
import type { MeasureId } from '../measures.ts';
import type { Grain } from '../period.ts';

export const isStep = (id: string): id is Grain => ['hour', 'day', 'week', 'month'].includes(id);

export interface Formed {
  measures: readonly MeasureId[];
  dimensions: readonly Property[];
  funnel?: string | undefined;
}
interface MeasureFacts {
  unit: string;
  adds: boolean;
}

/** Why a form can't show it, whatever the dimensions: a key of explorer.cant. */
export function cantBe(
  form: Form,
  question: Formed,
  lead: MeasureFacts,
  unitOf: (id: MeasureId) => string,
): string | null {
  if (form === 'pie' && !lead.adds) return 'adds';
  if (form === 'funnel' && question.funnel === undefined) {
    return question.measures.filter((id) => unitOf(id) === 'count').length < 2 ? 'steps' : null;
  }
  return null;
}

/** The dimensions a form needs, made of those there are: what fits stays, what is missing is added. */
export function dimensionsFor(form: Form, dimensions: readonly Property[], grain: Grain): Property[] {
  const step = dimensions.find(isStep);
  const parts = dimensions.filter((id) => !isStep(id));
  switch (form) {
    case 'line':
    case 'area':
      return [step ?? grain, ...parts].slice(0, 3);
    case 'bar':
      return dimensions.length === 0 ? ['channel'] : dimensions.slice(0, 2);
    case 'heat': {
      const two = dimensions.slice(0, 2);
      if (two.length === 2) return two;
      const [one] = two;
      if (one === undefined || isStep(one)) return ['weekday', 'hourOfDay'];
      return one === 'weekday' ? [one, 'hourOfDay'] : [one, 'weekday'];
    }
    case 'pie':
      return [parts[0] ?? 'channel'];
    case 'map':
      return ['country'];
    case 'funnel':
      return [];
    default:
      return [...dimensions];
  }
}

/** The form a question is shown in when nobody chose one. */
export const usualForm = (dimensions: readonly Property[]): Form => (dimensions.some(isStep) ? 'line' : 'table');
