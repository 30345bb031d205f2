// The one look of all mail, as MJML: calm, one column, readable without pictures and in dark mail readers.
import { TABLES_AS_HTML } from './tables.ts';
import type { MailText } from './texts.ts';

// names that MJML knows as web fonts (Roboto, Open Sans, Lato, Ubuntu) would make the reader fetch them from elsewhere
const FONT = 'Inter, -apple-system, Segoe UI, Helvetica, Arial, sans-serif';

/** Merge tags stay in: they are filled in after MJML has made HTML, so no value passes through it as markup. */
export const layout = (text: MailText, language: string): string => `
<mjml lang="${language}">
  <mj-head>
    <mj-title>${text.heading}</mj-title>
    <mj-preview>${text.lines[0] ?? ''}</mj-preview>
    <mj-attributes>
      <mj-all font-family="${FONT}" />
      <mj-text font-size="15px" line-height="24px" color="#1b2421" padding="0 0 16px" />
    </mj-attributes>
    <mj-raw><meta name="color-scheme" content="light dark" /></mj-raw>
  </mj-head>
  <mj-body background-color="#f4f6f5" width="560px">
    <mj-section padding="32px 24px 8px">
      <mj-column><mj-text font-size="13px" font-weight="600" color="#0b6b5b" padding="0">Tradewind</mj-text></mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" padding="32px 24px 16px">
      <mj-column>
        <mj-text font-size="20px" line-height="28px" font-weight="600">${text.heading}</mj-text>
        ${text.lines.map((line) => `<mj-text>${line}</mj-text>`).join('\n        ')}
        ${text.tables ? `<mj-text padding="0 0 24px">${TABLES_AS_HTML}</mj-text>` : ''}
        ${
          text.button
            ? `<mj-button href="{{ link }}" background-color="#0b6b5b" color="#ffffff" font-size="15px" font-weight="600" border-radius="6px" inner-padding="12px 20px" align="left" padding="8px 0 24px">${text.button}</mj-button>
        <mj-text font-size="12px" line-height="18px" color="#5b6863">{{ link }}</mj-text>`
            : ''
        }
      </mj-column>
    </mj-section>
    <mj-section padding="16px 24px 32px">
      <mj-column><mj-text font-size="12px" line-height="18px" color="#5b6863" padding="0">${text.foot}</mj-text></mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
