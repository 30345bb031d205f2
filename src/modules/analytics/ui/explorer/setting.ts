// What the words and figures of an answer are written with: the same inside a company and on a page shared with people outside.
import type { ExplorerAnswer, ExplorerQuestion } from '../../explorer/question-contract.ts';
import type { Book } from './book.ts';

export interface Setting {
  book: Book;
  currency: string;
  timeZone: string;
  /** seen by someone outside: nothing of the company but the figures */
  outside?: boolean;
}

export interface Answered {
  question: ExplorerQuestion;
  /** undefined: on its way */
  answer: ExplorerAnswer | undefined;
  setting: Setting;
}
