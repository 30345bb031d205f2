// Core Web Vitals of real visits. A file of its own, loaded after the page has settled, because the
// measuring library is larger than the tracker; the browser keeps the early entries for it.
import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import './contacts.ts';
import './wire.ts';

function report(metric: Metric): void {
  // CLS is a ratio, the others are milliseconds.
  const digits = metric.name === 'CLS' ? 1e4 : 1;
  window.tradewind?.('web_vital', { metric: metric.name, value: Math.round(metric.value * digits) / digits });
}

try {
  for (const observe of [onTTFB, onFCP, onLCP, onINP, onCLS]) observe(report);
} catch {
  // an old browser without these entries
}
