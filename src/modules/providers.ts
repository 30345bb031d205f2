// Every outside service that can be connected, in one explicit list.
import { smtp } from '../platform/mail/smtp-provider.ts';
import type { Provider } from '../platform/providers/define.ts';
import { cbr, ecb } from '../platform/providers/exchange-rates/index.ts';

export const providers: readonly Provider[] = [smtp, ecb, cbr] as unknown as readonly Provider[];
