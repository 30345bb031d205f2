// The words of every message in both languages. {{ … }} are merge tags; values are escaped where they are put in.
import type { MailTemplate } from '../mail-contract.ts';
import type { MergeValues } from '../render.ts';

export interface MailText {
  subject: string;
  heading: string;
  lines: readonly string[];
  /** {{ tables }} stand below the lines */
  tables?: true;
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
  report: {
    en: {
      subject: '{{ name }}: {{ period }}',
      heading: '{{ name }}',
      lines: ['{{ company }} · {{ period }}'],
      tables: true,
      button: 'Open in Tradewind',
      foot: 'Sent to {{ recipient }} because {{ who }} asked for it. To stop it, ask them: Sharing → By mail.',
    },
    ru: {
      subject: '{{ name }}: {{ period }}',
      heading: '{{ name }}',
      lines: ['{{ company }} · {{ period }}'],
      tables: true,
      button: 'Открыть в Tradewind',
      foot: 'Отправлено на {{ recipient }} по просьбе {{ who }}. Чтобы отчёт больше не приходил, скажите об этом: «Поделиться» → «По почте».',
    },
  },
  alarm: {
    en: {
      subject: '{{ name }}: {{ value }} on {{ day }}',
      heading: '{{ name }} is out of the ordinary',
      lines: ['On {{ day }} it was {{ value }}, where about {{ expected }} is usual for that weekday. {{ company }}'],
      button: 'See the days around it',
      foot: 'Sent to {{ recipient }} because an alarm of {{ who }} names this address.',
    },
    ru: {
      subject: '{{ name }}: {{ value }}, {{ day }}',
      heading: '{{ name }}: не как обычно',
      lines: ['{{ day }} было {{ value }}, а обычно в этот день недели — около {{ expected }}. {{ company }}'],
      button: 'Посмотреть соседние дни',
      foot: 'Отправлено на {{ recipient }}: этот адрес указан в тревоге, её поставил {{ who }}.',
    },
  },
};

/** Made-up values for the preview. */
export const SAMPLE: Readonly<Record<MailLanguage, MergeValues>> = {
  en: {
    inviter: 'Anna Berg',
    company: 'Nord Outfitters',
    role: 'Marketer',
    recipient: 'boris@nord.example',
    link: 'https://tradewind.nord.example/…',
    server: 'mail.nord.example',
    name: 'Channels, every week',
    period: '16 – 22 Nov',
    who: 'Anna Berg',
    day: '22 November 2026',
    value: '1,204',
    expected: '2,050',
    tables: [
      {
        title: 'Channels',
        note: '',
        figures: [{ name: 'Visits', value: '14,620', change: '+4.1%' }],
        head: ['Channel', 'Visits'],
        rows: [
          ['Organic search', '6,310'],
          ['Direct', '3,904'],
        ],
      },
    ],
  },
  ru: {
    inviter: 'Анна Берг',
    company: 'Норд',
    role: 'Маркетолог',
    recipient: 'boris@nord.example',
    link: 'https://tradewind.nord.example/…',
    server: 'mail.nord.example',
    name: 'Каналы за неделю',
    period: '16–22 нояб.',
    who: 'Анна Берг',
    day: '22 ноября 2026 г.',
    value: '1 204',
    expected: '2 050',
    tables: [
      {
        title: 'Каналы',
        note: '',
        figures: [{ name: 'Визиты', value: '14 620', change: '+4,1 %' }],
        head: ['Канал', 'Визиты'],
        rows: [
          ['Поиск', '6 310'],
          ['Прямые заходы', '3 904'],
        ],
      },
    ],
  },
};
