// Names of files as people give them, made safe for a header and a disk.
/** No path, no control characters, at most 200 characters; never empty. */
export function cleanName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .trim();
  const cut = [...plain].slice(0, 200).join('');
  return cut === '' || /^\.+$/.test(cut) ? 'file' : cut;
}

/** Always an attachment, so a browser saves it and never shows it as a page of ours. */
export function disposition(name: string): string {
  const ascii = cleanName(name).replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(cleanName(name)).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`;
}
