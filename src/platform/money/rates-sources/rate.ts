// A dated rate as a bank publishes it: one unit of `base` costs `rate` units of `quote`.
export interface Rate {
  /** the day it is set for, YYYY-MM-DD */
  date: string;
  base: string;
  quote: string;
  /** a decimal number, never through a float */
  rate: string;
}

/** What was read is not a file of this bank. */
export class RatesFileError extends Error {
  override name = 'RatesFileError';
}

export const isDecimal = (text: string): boolean => /^\d+(\.\d+)?$/.test(text) && !/^0+(\.0+)?$/.test(text);
