// Makes a picture of a drawn chart: the drawing itself below its title and period, on the colour of the page.
import { saveBlob } from './table-files.tsx';

const MARGIN = 24;
const HEAD = 56;
/** Points of a PNG for each of the screen: sharp on paper and on fine screens. */
const SCALE = 2;
const FONT = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The text of the picture, with its size. */
export function chartSvg(
  drawing: { svg: string; width: number; height: number },
  of: { title: string; about: string; colours: { paper: string; ink: string; muted: string } },
): { svg: string; width: number; height: number } {
  const width = Math.ceil(drawing.width + 2 * MARGIN);
  const height = Math.ceil(drawing.height + HEAD + 2 * MARGIN);
  const font = escaped(FONT);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}"><rect width="100%" height="100%" fill="${of.colours.paper}"/><text x="${MARGIN}" y="${MARGIN + 16}" font-size="16" font-weight="600" fill="${of.colours.ink}">${escaped(of.title)}</text><text x="${MARGIN}" y="${MARGIN + 36}" font-size="12" fill="${of.colours.muted}">${escaped(of.about)}</text><g transform="translate(${MARGIN} ${MARGIN + HEAD})">${drawing.svg}</g></svg>`;
  return { svg, width, height };
}

export async function saveChart(
  drawn: SVGSVGElement,
  of: { title: string; about: string; format: 'png' | 'svg' },
): Promise<void> {
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('style');
  const page = getComputedStyle(document.documentElement);
  const colour = (name: string): string => page.getPropertyValue(name).trim();
  const colours = { paper: colour('--surface'), ink: colour('--ink'), muted: colour('--muted') };
  const made = chartSvg({ svg: new XMLSerializer().serializeToString(copy), width, height }, { ...of, colours });
  const name = `${of.title} ${of.about}`.replaceAll(/[\\/:*?"<>|]/g, ' ').slice(0, 120);
  if (of.format === 'svg') return saveBlob(new Blob([made.svg], { type: 'image/svg+xml' }), `${name}.svg`);
  const image = new Image(made.width * SCALE, made.height * SCALE);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = made.width * SCALE;
  canvas.height = made.height * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The picture could not be made');
  saveBlob(blob, `${name}.png`);
}
