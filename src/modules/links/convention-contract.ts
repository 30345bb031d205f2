// How a company writes its tags: the rules, and what is said of a value that breaks one. Browser-safe.
import { z } from 'zod';

export const TAG_FIELDS = ['source', 'medium', 'campaign', 'content', 'term'] as const;
export type TagField = (typeof TAG_FIELDS)[number];

const word = z.string().trim().min(1, 'A value has at least one character').max(120);
const fieldRule = z.strictObject({
  required: z.boolean(),
  /** values as the company writes them, each with other spellings that mean it */
  values: z.array(z.strictObject({ value: word, aliases: z.array(word).max(50) })).max(300),
  /** nothing but `values` */
  only: z.boolean(),
  /** '' for none; {yyyy} {mm} {dd} are parts of a date, anything else in braces is a word: `{yyyy}-{mm}_{product}` */
  template: z
    .string()
    .max(120)
    .regex(/^(?:[\w.-]|\{[a-z][a-z0-9]*\})*$/i, 'A pattern holds words in braces, letters, digits and . _ -'),
});
export type FieldRule = z.infer<typeof fieldRule>;

export const convention = z
  .strictObject({
    lowerCase: z.boolean(),
    /** between words; '' for any */
    separator: z.enum(['-', '_', '']),
    /** letters of English, digits and . _ - alone, which every report and spreadsheet keeps as they are */
    latin: z.boolean(),
    fields: z.strictObject({
      source: fieldRule,
      medium: fieldRule,
      campaign: fieldRule,
      content: fieldRule,
      term: fieldRule,
    }),
  })
  .superRefine((given, context) => {
    for (const field of TAG_FIELDS) {
      const rule = given.fields[field];
      const path = ['fields', field];
      const words = rule.values.flatMap(({ value, aliases }) => [value, ...aliases]).map((one) => one.toLowerCase());
      const twice = words.find((one, index) => words.indexOf(one) !== index);
      if (twice) context.addIssue({ code: 'custom', path, message: `"${twice}" stands there twice` });
      if (rule.only && rule.values.length === 0)
        context.addIssue({ code: 'custom', path, message: 'Name the values that are allowed' });
      if (given.lowerCase && rule.template !== rule.template.toLowerCase())
        context.addIssue({ code: 'custom', path, message: 'The pattern has capital letters' });
    }
  });
export type Convention = z.infer<typeof convention>;

export const BREACHES = ['required', 'alias', 'case', 'characters', 'separator', 'not-listed', 'template'] as const;
export const breach = z.object({
  field: z.enum(TAG_FIELDS),
  code: z.enum(BREACHES),
  /** as it was given */
  value: z.string(),
  /** what keeps to the convention instead; null where only a person can say */
  mend: z.string().nullable(),
});
export type Breach = z.infer<typeof breach>;

export const tags = z.object({
  source: z.string().trim().max(200).default(''),
  medium: z.string().trim().max(200).default(''),
  campaign: z.string().trim().max(200).default(''),
  content: z.string().trim().max(200).default(''),
  term: z.string().trim().max(200).default(''),
});
export type Tags = z.output<typeof tags>;

const rule = (required: boolean, values: FieldRule['values'] = []): FieldRule => ({
  required,
  values,
  only: false,
  template: '',
});
const listed = (value: string, ...aliases: string[]) => ({ value, aliases });

/** What a company begins with: names that fall into a channel, and the spellings people use for them. */
export const USUAL_CONVENTION: Convention = {
  lowerCase: true,
  separator: '-',
  latin: true,
  fields: {
    source: rule(true, [
      listed('google', 'google.com', 'google_ads', 'adwords', 'google-ads'),
      listed('yandex', 'yandex.ru', 'yandex_direct', 'ya', 'yandex-direct', 'яндекс'),
      listed('vk', 'vk.com', 'vkontakte', 'вк', 'vk_ads'),
      listed('telegram', 't.me', 'tg', 'телеграм'),
      listed('facebook', 'fb', 'facebook.com', 'meta'),
      listed('instagram', 'ig', 'insta', 'instagram.com'),
    ]),
    medium: rule(true, [
      listed('cpc', 'ppc', 'paid', 'cpc_search', 'context'),
      listed('paid_social', 'paidsocial', 'paid-social', 'cpc-social', 'target', 'targeting', 'smm_paid'),
      listed('display', 'banner', 'banners', 'cpm', 'media', 'rsya', 'kms'),
      listed('email', 'e-mail', 'mail', 'newsletter', 'emailing', 'рассылка'),
      listed('social', 'smm', 'social_media', 'sm', 'post', 'posts'),
      listed('affiliate', 'partner', 'partners', 'cpa', 'affiliates'),
      listed('referral', 'ref', 'link'),
      listed('sms'),
      listed('push', 'web_push', 'webpush'),
      listed('paid_print', 'print', 'qr', 'offline', 'leaflet'),
    ]),
    campaign: rule(true),
    content: rule(false),
    term: rule(false),
  },
};
