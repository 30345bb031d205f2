// A template and values → subject, HTML and plain text. MJML makes the HTML once; Liquid then fills in escaped values.
import { Liquid } from 'liquidjs';
import type { MailTemplate } from './mail-contract.ts';
import { layout } from './templates/layout.ts';
import { TABLES_AS_TEXT } from './templates/tables.ts';
import { MAIL_TEXTS, type MailLanguage } from './templates/texts.ts';

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

/** A report in a message: its figures, and its first rows. All of it is words already. */
export interface MailTable {
  title: string;
  /** what visits it is of, or why there is nothing */
  note: string;
  figures: { name: string; value: string; change: string }[];
  head: string[];
  rows: string[][];
}
export type MergeValues = Readonly<Record<string, string | readonly MailTable[]>>;

const forHtml = new Liquid({ outputEscape: 'escape', strictVariables: true, ownPropertyOnly: true });
const forText = new Liquid({ strictVariables: true, ownPropertyOnly: true });
const compiled = new Map<string, Promise<string>>();

async function compile(template: MailTemplate, language: MailLanguage): Promise<string> {
  const { default: mjml } = await import('mjml');
  const { html, errors } = await mjml(layout(MAIL_TEXTS[template][language], language), { validationLevel: 'strict' });
  if (errors.length > 0) throw new Error(`The template ${template} is not good MJML: ${errors[0]!.formattedMessage}`);
  return html;
}

function htmlOf(template: MailTemplate, language: MailLanguage): Promise<string> {
  const key = `${template} ${language}`;
  const known = compiled.get(key) ?? compile(template, language);
  compiled.set(key, known);
  known.catch(() => compiled.delete(key));
  return known;
}

/** Throws when a merge tag has no value. */
export async function renderMail(
  template: MailTemplate,
  language: MailLanguage,
  values: MergeValues,
): Promise<Rendered> {
  const words = MAIL_TEXTS[template][language];
  const plain = [
    words.heading,
    ...words.lines,
    ...(words.tables ? [TABLES_AS_TEXT] : []),
    ...(words.button ? [`${words.button}: {{ link }}`] : []),
    '-- ',
    words.foot,
  ];
  const [html, subject, text] = await Promise.all([
    htmlOf(template, language).then((source) => forHtml.parseAndRender(source, values)),
    forText.parseAndRender(words.subject, values),
    forText.parseAndRender(plain.join('\n\n'), values),
  ]);
  // a value with a line break must not add a header
  return { subject: subject.replaceAll(/[\r\n]+/g, ' '), html, text };
}
