// Addresses as people type them: with commas, semicolons, or a line each.

/** In lower case, each once. */
export const addressesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .map((one) => one.toLowerCase())
      .filter((one) => one !== ''),
  ),
];

/** The first that can be no address; undefined: all may be. */
export const badAddress = (addresses: readonly string[]): string | undefined =>
  addresses.find((one) => !/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(one));
