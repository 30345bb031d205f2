// A QR code as one path of unit squares, so that it can be drawn at any size; and as a picture file.
import { create } from 'qrcode';

export type QrLevel = 'L' | 'M' | 'Q' | 'H';

export interface QrMatrix {
  /** squares a side, without the quiet zone */
  size: number;
  isDark(x: number, y: number): boolean;
  path: string;
}

/** `level`: how much of it may be lost, 7, 15, 25 or 30 percent. */
export function qrMatrix(text: string, level: QrLevel = 'M'): QrMatrix {
  const { modules } = create(text, { errorCorrectionLevel: level });
  const { size } = modules;
  const isDark = (x: number, y: number): boolean => Boolean(modules.get(y, x));
  let path = '';
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (isDark(x, y)) path += `M${x} ${y}h1v1h-1z`;
  return { size, isDark, path };
}

/** `quiet`: empty squares around it; the standard asks for 4. */
export function qrSvg({ size, path }: QrMatrix, quiet: number, pixels: number): string {
  const whole = size + 2 * quiet;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="${-quiet} ${-quiet} ${whole} ${whole}" shape-rendering="crispEdges"><path fill="#fff" d="M${-quiet} ${-quiet}h${whole}v${whole}h-${whole}z"/><path d="${path}"/></svg>\n`;
}

/** Every square is a whole number of pixels, so that no edge is blurred: the picture is at most `pixels` wide. */
export function qrPng(matrix: QrMatrix, quiet: number, pixels: number): Promise<Blob> {
  const whole = matrix.size + 2 * quiet;
  const unit = Math.max(1, Math.floor(pixels / whole));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = unit * whole;
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  for (let y = 0; y < matrix.size; y++)
    for (let x = 0; x < matrix.size; x++)
      if (matrix.isDark(x, y)) pen.fillRect((x + quiet) * unit, (y + quiet) * unit, unit, unit);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
