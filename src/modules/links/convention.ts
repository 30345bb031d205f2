// Holds tags against the company's convention, and says for each breach what to write instead. A mend always keeps to the
// convention itself (a property test sees to it), so that one press is enough.
import { transliterate } from '../../platform/text/latin.ts';
import {
  type Breach,
  type Convention,
  type FieldRule,
  TAG_FIELDS,
  type TagField,
  type Tags,
} from './convention-contract.ts';
import { nearest } from './nearness.ts';

/** Networks put their own words in at the click: {campaign_id}, {{ad.name}}, __CID__. They are nobody's to rewrite. */
export const hasMacro = (value: string): boolean => /\{[^}]*\}|__[A-Z_]+__/.test(value);

const PARTS: Readonly<Record<string, string>> = {
  yyyy: '\\d{4}',
  mm: '(?:0[1-9]|1[0-2])',
  dd: '(?:0[1-9]|[12]\\d|3[01])',
};
const pieces = (template: string): string[] => template.split(/(\{[a-z][a-z0-9]*\})/i).filter((piece) => piece !== '');
const nameOf = (piece: string): string | undefined => /^\{(\w+)\}$/.exec(piece)?.[1]?.toLowerCase();

export function templatePattern(template: string): RegExp {
  const source = pieces(template).map((piece) => {
    const name = nameOf(piece);
    return name === undefined ? piece.replace(/[.]/g, '\\.') : (PARTS[name] ?? '.+');
  });
  return new RegExp(`^${source.join('')}$`);
}

/** The pattern with the date of `today` (YYYY-MM-DD) and the one free word in their places; null when it has several. */
function filled(template: string, word: string, today: string): string | null {
  const date: Record<string, string> = { yyyy: today.slice(0, 4), mm: today.slice(5, 7), dd: today.slice(8, 10) };
  const free = new Set(
    pieces(template)
      .flatMap((piece) => nameOf(piece) ?? [])
      .filter((name) => !(name in PARTS)),
  );
  if (free.size > 1 || (free.size === 1 && word === '')) return null;
  return pieces(template)
    .map((piece) => {
      const name = nameOf(piece);
      return name === undefined ? piece : (date[name] ?? word);
    })
    .join('');
}

const FOREIGN = /[^a-zA-Z0-9._~-]/;

/** Case, letters and separators as the convention wants them. */
export function inStyle(rules: Convention, value: string): string {
  const other = rules.separator === '-' ? '_' : '-';
  let text = value.trim();
  if (rules.latin) text = transliterate(text).replace(/[^a-zA-Z0-9._~-]+/g, rules.separator || '-');
  if (rules.lowerCase) text = text.toLowerCase();
  if (rules.separator !== '')
    text = text.replace(new RegExp(`[\\s${other}]+|${rules.separator}{2,}`, 'g'), rules.separator);
  else text = text.replace(/\s+/g, '-');
  // twice: what the first pass joined can stand doubled
  if (rules.separator !== '') text = text.replace(new RegExp(`[${rules.separator}]{2,}`, 'g'), rules.separator);
  return text.replace(/^[-_]+|[-_]+$/g, '');
}

const bySpelling = (rule: FieldRule, value: string): string | undefined => {
  const lower = value.toLowerCase();
  return rule.values.find(
    (one) => one.value.toLowerCase() === lower || one.aliases.some((alias) => alias.toLowerCase() === lower),
  )?.value;
};
const isListed = (rule: FieldRule, value: string): boolean => rule.values.some((one) => one.value === value);
const keepsTemplate = (rule: FieldRule, value: string): boolean =>
  rule.template === '' || templatePattern(rule.template).test(value);

/** What to write instead of `value`; null when only a person can say. */
export function mendOf(rules: Convention, field: TagField, value: string, today: string): string | null {
  const rule = rules.fields[field];
  const trimmed = value.trim();
  if (trimmed === '') return null;
  const style = inStyle(rules, trimmed);
  // what stands between the parts of a pattern is the pattern's own
  const ofPattern = inStyle({ ...rules, separator: '' }, trimmed);
  const listed = rule.values.map((one) => one.value);
  const tries = [
    bySpelling(rule, trimmed) ?? bySpelling(rule, style),
    rule.only ? nearest(style, listed) : undefined,
    rule.template === '' ? style : ofPattern,
    rule.template === '' ? undefined : filled(rule.template, style, today),
  ];
  return tries.find((one) => one != null && one !== '' && breachOf(rules, field, one) === null) ?? null;
}

/** The first rule a value breaks. */
function breachOf(rules: Convention, field: TagField, value: string): Breach['code'] | null {
  const rule = rules.fields[field];
  if (value === '') return rule.required ? 'required' : null;
  if (hasMacro(value) || isListed(rule, value)) return null;
  if (bySpelling(rule, value) !== undefined)
    return rule.values.some((one) => one.value.toLowerCase() === value.toLowerCase()) ? 'case' : 'alias';
  if (rules.lowerCase && value !== value.toLowerCase()) return 'case';
  if (rules.latin && FOREIGN.test(value)) return /^[\w.~ -]*$/.test(value) ? 'separator' : 'characters';
  if (rule.only) return 'not-listed';
  if (!keepsTemplate(rule, value)) return 'template';
  // a pattern says itself what stands between its parts
  return rule.template === '' && inStyle(rules, value) !== value ? 'separator' : null;
}

/** `today` is the company's, YYYY-MM-DD: patterns with a date are filled with it. */
export function breachesOf(rules: Convention, given: Tags, today: string): Breach[] {
  return TAG_FIELDS.flatMap((field) => {
    const code = breachOf(rules, field, given[field].trim());
    if (code === null) return [];
    return [
      {
        field,
        code,
        value: given[field],
        mend: code === 'required' ? null : mendOf(rules, field, given[field], today),
      },
    ];
  });
}

/** The tags with every breach that can be mended, mended. */
export function mended(rules: Convention, given: Tags, today: string): Tags {
  const next = { ...given };
  for (const { field, mend } of breachesOf(rules, given, today)) if (mend !== null) next[field] = mend;
  return next;
}
