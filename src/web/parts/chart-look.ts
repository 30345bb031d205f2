// How charts look: colours of the page as they are now, quiet tips, the product's own letters.
export interface ChartLook {
  colour: (name: string) => string;
  tip: Record<string, unknown>;
  letters: { fontFamily: string };
}

const FONT = 'Inter, "Liberation Sans", sans-serif';

export function chartLook(element: HTMLElement): ChartLook {
  const css = getComputedStyle(element);
  const colour = (name: string) => css.getPropertyValue(`--${name}`).trim();
  return {
    colour,
    letters: { fontFamily: FONT },
    tip: {
      confine: true,
      backgroundColor: colour('surface'),
      borderColor: colour('line'),
      padding: [8, 12],
      textStyle: { color: colour('ink'), fontSize: 12, fontFamily: FONT },
      extraCssText: 'box-shadow:none;border-radius:6px;font-variant-numeric:tabular-nums',
    },
  };
}

/** Names come from addresses and files: never as markup. */
export const inHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
