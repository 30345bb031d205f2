// Calls and chats, and what tells where they come from. Browser-safe.
import { z } from 'zod';
import { route } from '../../platform/api/contract-base.ts';
import { workspacePath } from '../../platform/workspaces/contract.ts';
import { question, trust } from '../analytics/contract.ts';

const tag = z.string().trim().max(200).default('');

export const SOURCE_KINDS = ['phone', 'promo'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Seven digits are a number within a town; fifteen are the most there are (E.164). */
const DIGITS = /^(?:\D*\d){7,15}\D*$/;
export const digitsOf = (number: string): string => number.replace(/\D/g, '');

export const contactSourceDefinition = z
  .strictObject({
    version: z.literal(1),
    kind: z.enum(SOURCE_KINDS),
    /** a phone number as it is shown, or a promo code as it is typed */
    value: z.string().trim().min(3, 'Give the number or the code').max(60),
    source: z.string().trim().min(1, 'Say which source it stands for').max(200),
    medium: tag,
    campaign: tag,
    /** of a number: the one on the pages that visits of the source see it instead of; '' for one that stands elsewhere */
    instead: z.string().trim().max(60).default(''),
  })
  .superRefine(({ kind, value, instead }, context) => {
    const bad = (path: string) =>
      context.addIssue({ code: 'custom', path: [path], message: 'A phone number has 7 to 15 digits' });
    if (kind === 'phone' && !DIGITS.test(value)) bad('value');
    if (kind === 'phone' && instead !== '' && !DIGITS.test(instead)) bad('instead');
  });
export type ContactSourceDefinition = z.infer<typeof contactSourceDefinition>;

const name = z.string().trim().min(1, 'Give it a name').max(120);
const contactSource = z.object({
  id: z.string(),
  name: z.string(),
  definition: contactSourceDefinition,
  /** where its calls and orders fall */
  channel: z.string(),
  version: z.number(),
  updatedBy: z.string(),
  archived: z.boolean(),
});
export type ContactSource = z.infer<typeof contactSource>;

export const CONTACT_KINDS = ['call', 'chat'] as const;
const origin = {
  channel: z.string(),
  source: z.string(),
  medium: z.string(),
  campaign: z.string(),
  landingPage: z.string(),
};
const contact = z.object({
  id: z.uuid(),
  kind: z.enum(CONTACT_KINDS),
  at: z.string(),
  /** the number that was called */
  contactSource: z.string().nullable(),
  code: z.string(),
  ...origin,
  /** minor units of the company's currency */
  worth: z.number().nullable(),
  note: z.string(),
  createdBy: z.string(),
});
export type Contact = z.infer<typeof contact>;

const found = z.object({
  code: z.string(),
  host: z.string(),
  seenAt: z.string(),
  /** null: its visit is not known, because it was erased or is too old */
  visit: z.object({ ...origin, referrer: z.string(), pages: z.array(z.string()), visits: z.number() }).nullable(),
});
export type FoundCode = z.infer<typeof found>;

const figures = z.object({
  id: z.string(),
  calls: z.number(),
  chats: z.number(),
  /** minor units: of calls and chats, or of orders with the promo code */
  worth: z.number(),
  /** of a promo code */
  orders: z.number(),
  /** orders with the code whose visit came by another source: what the code tells beyond the visit */
  otherwise: z.number(),
});
export type ContactFigures = z.infer<typeof figures>;

const SOURCES = '/workspaces/{workspace}/contact-sources';
const CONTACTS = '/workspaces/{workspace}/contacts';
const one = workspacePath.extend({ contactSource: z.uuid() });
const contactPath = workspacePath.extend({ contact: z.uuid() });

export const contactsContract = {
  contactSources: {
    list: route('analytics:read', 'GET', SOURCES, 'Numbers and promo codes, each with the source it stands for')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(contactSource)),
    create: route('analytics:manage', 'POST', SOURCES, 'Say which source a number or a promo code stands for')
      .input(workspacePath.extend({ name, definition: contactSourceDefinition }))
      .output(contactSource),
    update: route('analytics:manage', 'PATCH', `${SOURCES}/{contactSource}`, 'Change a number or a promo code')
      .input(
        one.extend({
          name: name.optional(),
          definition: contactSourceDefinition.optional(),
          version: z.number().int().min(1),
        }),
      )
      .output(contactSource),
    archive: route('analytics:manage', 'POST', `${SOURCES}/{contactSource}/archive`, 'Put a number or a code away')
      .input(one)
      .output(contactSource),
    undo: route('analytics:manage', 'POST', `${SOURCES}/{contactSource}/undo`, 'Take back the last change of one')
      .input(one)
      .output(contactSource),
    figures: route('analytics:read', 'POST', `${SOURCES}/figures`, 'What each number and code brought in a period')
      .input(workspacePath.extend(question))
      .output(z.object({ rows: z.array(figures), trust })),
  },
  contacts: {
    list: route('analytics:read', 'GET', CONTACTS, 'Calls and chats of a period, the newest first')
      .input(workspacePath.extend({ from: z.iso.date(), to: z.iso.date() }))
      .output(z.array(contact)),
    find: route('analytics:read', 'GET', `${CONTACTS}/codes/{code}`, 'Whose code this is: the visit it was shown in')
      .input(workspacePath.extend({ code: z.string().max(40) }))
      .output(found.nullable()),
    record: route(
      'analytics:manage',
      'POST',
      CONTACTS,
      'Record a call or a chat, by the visitor’s code or the number called',
    )
      .input(
        workspacePath.extend({
          kind: z.enum(CONTACT_KINDS),
          /** when it was; left out: with a code the moment it was last shown, else now */
          at: z.iso.datetime({ offset: true }).optional(),
          code: z.string().trim().max(40).default(''),
          /** a number of the list, by id or by its digits */
          contactSource: z.uuid().optional(),
          number: z.string().max(60).optional(),
          worth: z.number().int().min(0).max(1e12).nullable().default(null),
          note: z.string().trim().max(500).default(''),
          /** the sender's own id: told twice, it is recorded once */
          external: z.string().min(1).max(200).optional(),
        }),
      )
      .output(contact),
    remove: route('analytics:manage', 'DELETE', `${CONTACTS}/{contact}`, 'Take a call or chat off')
      .input(contactPath)
      .output(contact),
    restore: route('analytics:manage', 'POST', `${CONTACTS}/{contact}/restore`, 'Bring a call or chat back')
      .input(contactPath)
      .output(contact),
  },
};
