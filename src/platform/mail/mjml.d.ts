// The one call of MJML that is made here; it brings no types of its own.
declare module 'mjml' {
  export default function mjml(
    source: string,
    options?: { validationLevel?: 'strict' | 'soft' | 'skip' },
  ): Promise<{ html: string; errors: { formattedMessage: string }[] }>;
}
