// The guide pages of docs/guide beside their screens, in the person's language, loaded when opened.
const files = import.meta.glob<string>('../../../docs/guide/*.md', { query: '?raw', import: 'default' });
const pictures = import.meta.glob<string>('../../../docs/pictures/*.png', { query: '?url', import: 'default' });

export interface Guide {
  text: string;
  /** what it is written in: English where no other is there */
  language: string;
}

export async function loadGuide(name: string, language: string): Promise<Guide | null> {
  for (const [tried, end] of [
    [language, language === 'en' ? '.md' : `.${language}.md`],
    ['en', '.md'],
  ] as const) {
    const load = files[`../../../docs/guide/${name}${end}`];
    if (load) return { text: await load(), language: tried };
  }
  return null;
}

/** Address of a picture a guide names, e.g. `../pictures/overview-light.png`. */
export const pictureOf = (href: string): Promise<string> | undefined =>
  pictures[`../../../docs/pictures/${href.split('/').at(-1)}`]?.();
