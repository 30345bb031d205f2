// A QR code as a picture of the page itself; loaded when one is shown. Always dark on white, so that phones read it.
import { qrMatrix } from '../../../web/parts/qr-matrix.ts';
import styles from './account.module.css';

export default function Qr({ text, label }: { text: string; label: string }) {
  const { size, path } = qrMatrix(text);
  return (
    <div className={styles.qr}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={path} fill="#000" />
      </svg>
    </div>
  );
}
