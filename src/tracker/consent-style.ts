// The look of the banner: small, at the bottom, in the colours of the visitor's system.

const CSS = `
:host{all:initial}
div[role=dialog]{position:fixed;z-index:2147483647;left:16px;right:16px;bottom:16px;max-width:448px;max-height:50vh;overflow:auto;box-sizing:border-box;padding:16px;border:1px solid #c9cfcd;border-radius:8px;background:#fff;color:#1b2321;font:15px/1.45 system-ui,sans-serif;color-scheme:light dark}
h2{margin:0 0 4px;font-size:16px}
p{margin:0 0 12px;overflow-wrap:anywhere}
a{color:#0b6b5c}
.buttons{display:flex;flex-wrap:wrap;gap:8px}
button{flex:1 1 128px;min-height:40px;padding:8px 16px;border:1px solid #0b6b5c;border-radius:6px;background:transparent;color:#0b6b5c;font:inherit;font-weight:600;cursor:pointer}
button:hover{background:#0b6b5c;color:#fff}
:focus-visible{outline:3px solid #2f9c88;outline-offset:2px}
@media (prefers-color-scheme:dark){div[role=dialog]{background:#19211f;color:#e7edeb;border-color:#43504c}a,button{color:#7fd6c4}button{border-color:#7fd6c4}button:hover{background:#7fd6c4;color:#10211d}}
@media print{div[role=dialog]{display:none}}
`;

/** An adopted sheet is no inline style, so `style-src 'self'` lets it pass; older browsers show the banner unstyled. */
export function dialogStyle(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // unstyled but usable
  }
}
