// The QR code of a link, with what a printer asks for: a picture in pixels or lines, how much of it may be damaged, the empty edge.
import { Button, NumberInput, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type QrLevel, qrMatrix, qrPng, qrSvg } from '../../../web/parts/qr-matrix.ts';
import { saveBlob } from '../../../web/parts/table-files.tsx';
import styles from './links.module.css';

const LEVELS: readonly QrLevel[] = ['L', 'M', 'Q', 'H'];
const SIZES = ['256', '512', '1024', '2048', '4096'];
const STANDARD_QUIET = 4;

export default function QrCode({ text, name }: { text: string; name: string }) {
  const { t } = useTranslation();
  const [level, setLevel] = useState<QrLevel>('M');
  const [quiet, setQuiet] = useState(STANDARD_QUIET);
  const [pixels, setPixels] = useState('1024');
  const matrix = useMemo(() => qrMatrix(text, level), [text, level]);
  const whole = matrix.size + 2 * quiet;
  const file = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-|-$/g, '') || 'qr';
  return (
    <div className={styles.qr}>
      <svg
        viewBox={`${-quiet} ${-quiet} ${whole} ${whole}`}
        role="img"
        aria-label={t('links.qr.picture', { name })}
        shapeRendering="crispEdges"
      >
        <path d={matrix.path} fill="#000" />
      </svg>
      <div className={styles.qrFields}>
        <Select
          label={t('links.qr.level')}
          data={LEVELS.map((id) => ({ value: id, label: t(`links.qr.levels.${id}`) }))}
          value={level}
          allowDeselect={false}
          onChange={(id) => setLevel((id ?? 'M') as QrLevel)}
        />
        <NumberInput
          label={t('links.qr.quiet')}
          min={0}
          max={20}
          value={quiet}
          onChange={(value) => setQuiet(Math.min(20, Math.max(0, Math.round(Number(value) || 0))))}
        />
        {quiet < STANDARD_QUIET && <p className={styles.warn}>{t('links.qr.narrow')}</p>}
        <Select
          label={t('links.qr.size')}
          data={SIZES.map((id) => ({ value: id, label: `${id} px` }))}
          value={pixels}
          allowDeselect={false}
          onChange={(id) => setPixels(id ?? '1024')}
        />
        <div className={styles.row}>
          <Button
            variant="default"
            onClick={async () => saveBlob(await qrPng(matrix, quiet, Number(pixels)), `${file}.png`)}
          >
            PNG
          </Button>
          <Button
            variant="default"
            onClick={() =>
              saveBlob(new Blob([qrSvg(matrix, quiet, Number(pixels))], { type: 'image/svg+xml' }), `${file}.svg`)
            }
          >
            SVG
          </Button>
        </div>
      </div>
    </div>
  );
}
