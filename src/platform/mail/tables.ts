// Row type of mail on its way.
import type { ColumnType } from 'kysely';
import type { MailState } from './mail-contract.ts';

type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export interface MailTables {
  mail_message: {
    id: string;
    workspace: string | null;
    template: string;
    language: string;
    recipient: string;
    subject: string;
    about: string | null;
    state: ColumnType<MailState, MailState | undefined, MailState>;
    attempts: ColumnType<number, number | undefined, number>;
    answer: string | null;
    created_at: Timestamp;
    changed_at: Timestamp;
  };
}
