// Tells views of pages from the parts a page is made of, from errors and from everything else a server is asked for.
import { KIND } from '../../../platform/events/row.ts';

/** What a browser loads for a page, or a robot reads beside it; downloads too, since nobody views them as a page. */
const ASSETS = new Set(
  (
    'css js mjs cjs map json xml txt ico webmanifest wasm ' +
    'png jpg jpeg jpe jfif gif svg svgz webp avif bmp tif tiff heic apng cur ' +
    'woff woff2 ttf otf eot ' +
    'mp3 ogg oga wav flac m4a aac mid midi weba mp4 m4v webm ogv mov avi mkv mpg mpeg wmv flv 3gp m3u8 ts m4s swf ' +
    'pdf doc docx xls xlsx ppt pptx odt ods odp rtf csv tsv epub ics vcf psd ai eps ' +
    'zip gz tgz tar bz2 xz 7z rar zst dmg iso exe msi apk deb rpm jar bin torrent ' +
    'rss atom rdf xsl xslt yaml yml md5 sha1 sha256 asc sig'
  ).split(' '),
);

/** `target` as it was asked for: a path, with or without a query. */
export function isAsset(target: string): boolean {
  const stop = target.search(/[?#;]/);
  const path = stop < 0 ? target : target.slice(0, stop);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot >= 0 && ASSETS.has(name.slice(dot + 1).toLowerCase());
}

/** An answer of 400 and above is an error whatever was asked for; a view is a page that was given or was already known. */
export function kindOf(status: number, isGet: boolean, hasTarget: boolean, asset: boolean): number {
  if (status >= 400) return KIND.error;
  if (asset) return KIND.asset;
  return isGet && hasTarget && (status === 200 || status === 304) ? KIND.view : KIND.other;
}
