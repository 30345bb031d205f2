// The words of every message in both languages. {{ … }} are merge tags; values are escaped where they are put in.
import type { MailTemplate } from '../mail-contract.ts';

export interface MailText {
  subject: string;
  heading: string;
  lines: readonly string[];
  /** leads to {{ link }} */
  button?: string;
  /** in small print below */
  foot: string;
}

export type MailLanguage = 'en' | 'ru';

export const MAIL_TEXTS: Readonly<Record<MailTemplate, Readonly<Record<MailLanguage, MailText>>>> = {
  invitation: {
    en: {
      subject: '{{ inviter }} invites you to {{ company }}',
      heading: 'Join {{ company }} in Tradewind',
      lines: [
        '{{ inviter }} invites you to work on the marketing of {{ company }}. Your role: {{ role }}.',
        'Choose a password and you are in.',
      ],
      button: 'Accept the invitation',
      foot: 'The invitation is for {{ recipient }} and works for 7 days. If you did not expect it, do nothing.',
    },
    ru: {
      subject: '{{ inviter }} зовёт вас в «{{ company }}»',
      heading: 'Вас ждут в «{{ company }}»',
      lines: [
        '{{ inviter }} приглашает вас заниматься маркетингом «{{ company }}». Ваша роль: {{ role }}.',
        'Придумайте пароль — и можно начинать.',
      ],
      button: 'Принять приглашение',
      foot: 'Приглашение выписано на {{ recipient }} и действует 7 дней. Если вы его не ждали, ничего делать не нужно.',
    },
  },
  'password-reset': {
    en: {
      subject: 'A new password for Tradewind',
      heading: 'Choose a new password',
      lines: [
        'Someone, probably you, asked for a new password for {{ recipient }}. The link works once, for one hour.',
      ],
      button: 'Choose a new password',
      foot: 'If it was not you, do nothing: your password stays as it is.',
    },
    ru: {
      subject: 'Новый пароль для Tradewind',
      heading: 'Придумайте новый пароль',
      lines: [
        'Кто-то, скорее всего вы, попросил сменить пароль для {{ recipient }}. Ссылка сработает один раз в течение часа.',
      ],
      button: 'Сменить пароль',
      foot: 'Если это были не вы, ничего не делайте: пароль останется прежним.',
    },
  },
  test: {
    en: {
      subject: 'Mail from Tradewind works',
      heading: 'Mail works',
      lines: ['This message left by {{ server }} and reached you, so invitations and reports will too.'],
      foot: 'Sent because {{ recipient }} pressed “Test” in Tradewind.',
    },
    ru: {
      subject: 'Почта Tradewind работает',
      heading: 'Почта работает',
      lines: ['Это письмо ушло через {{ server }} и дошло до вас — значит, дойдут и приглашения, и отчёты.'],
      foot: 'Отправлено, потому что {{ recipient }} проверяет почту в Tradewind.',
    },
  },
};

/** Made-up values for the preview. */
export const SAMPLE: Readonly<Record<MailLanguage, Readonly<Record<string, string>>>> = {
  en: {
    inviter: 'Anna Berg',
    company: 'Nord Outfitters',
    role: 'Marketer',
    recipient: 'boris@nord.example',
    link: 'https://tradewind.nord.example/…',
    server: 'mail.nord.example',
  },
  ru: {
    inviter: 'Анна Берг',
    company: 'Норд',
    role: 'Маркетолог',
    recipient: 'boris@nord.example',
    link: 'https://tradewind.nord.example/…',
    server: 'mail.nord.example',
  },
};
