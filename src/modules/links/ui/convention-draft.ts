// The convention as its form holds it: a value a line, its other spellings behind a colon.
import type { Convention, FieldRule, TagField } from '../convention-contract.ts';
import { TAG_FIELDS } from '../convention-contract.ts';

export interface FieldDraft {
  required: boolean;
  only: boolean;
  template: string;
  /** `vk: vk.com, вк` */
  lines: string;
}
export type ConventionDraft = Omit<Convention, 'fields'> & { fields: Record<TagField, FieldDraft> };

const toLines = (values: FieldRule['values']): string =>
  values.map(({ value, aliases }) => (aliases.length === 0 ? value : `${value}: ${aliases.join(', ')}`)).join('\n');

export function fromLines(lines: string): FieldRule['values'] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      const value = (colon < 0 ? line : line.slice(0, colon)).trim();
      const rest = colon < 0 ? '' : line.slice(colon + 1);
      const aliases = rest.split(/[,;]/).map((one) => one.trim());
      return { value, aliases: [...new Set(aliases)].filter((one) => one !== '' && one !== value) };
    })
    .filter(({ value }) => value !== '');
}

export const toDraft = ({ fields, ...rest }: Convention): ConventionDraft => ({
  ...rest,
  fields: Object.fromEntries(
    TAG_FIELDS.map((id) => {
      const { values, ...rule } = fields[id];
      return [id, { ...rule, lines: toLines(values) }];
    }),
  ) as Record<TagField, FieldDraft>,
});

export const toConvention = ({ fields, ...rest }: ConventionDraft): Convention => ({
  ...rest,
  fields: Object.fromEntries(
    TAG_FIELDS.map((id) => {
      const { lines, ...rule } = fields[id];
      return [id, { ...rule, template: rule.template.trim(), values: fromLines(lines) }];
    }),
  ) as Convention['fields'],
});
