// Links of the demo company: those its campaigns and its letter go out with, and a poster with a QR code whose scans were counted.
import { CAMPAIGNS, DAY_MS, HOST } from '../../../simulator/index.ts';
import { keptLinks, toOwn } from '../links.ts';
import type { Db } from '../tables.ts';

interface DemoLink {
  name: string;
  path: string;
  source: string;
  medium: string;
  campaign: string;
  content?: string;
  code: string;
  /** clicks and scans of an ordinary day, and robots */
  daily: readonly [clicks: number, scans: number, robots: number];
}
const ad = (id: string, name: string, path: string, code: string, daily: DemoLink['daily']): DemoLink => {
  const { source, medium, campaign } = CAMPAIGNS.find((one) => one.id === id)!;
  return { name, path, source, medium, campaign, code, daily };
};
const LINKS: readonly DemoLink[] = [
  ad('tents-search', 'Tents in search', '/tents/', 'tents', [0, 0, 0]),
  ad('brand', 'Our name in search', '/', 'brand', [0, 0, 0]),
  ad('autumn-sale', 'Sale on Facebook', '/sale/', 'autumn', [14, 0, 3]),
  {
    name: 'Weekly letter',
    path: '/sale/',
    source: 'newsletter',
    medium: 'email',
    campaign: 'weekly',
    code: 'weekly',
    daily: [11, 0, 5],
  },
  {
    name: 'Poster at the climbing hall',
    path: '/tents/',
    source: 'climbing-hall',
    medium: 'paid_print',
    campaign: 'poster',
    content: 'a2',
    code: 'hall',
    daily: [1, 4, 1],
  },
];
const DAYS = 90;
const PLACES = [
  ['DE', 'mobile', 0.6],
  ['DE', 'desktop', 0.25],
  ['AT', 'mobile', 0.15],
] as const;

export async function demoLinks(db: Db, of: { workspace: string; until: number; days: number }): Promise<void> {
  const kept = keptLinks(db);
  for (const { name, path, source, medium, campaign, content = '', code, daily } of LINKS) {
    const target = `https://${HOST}${path}`;
    const tags = { source, medium, campaign, content, term: '' };
    // another demo company on this installation may have the code
    const taken = await db.selectFrom('link').select('id').where('code', '=', code).executeTakeFirst();
    const own = toOwn({ ...tags, target, active: true, lastDay: null, code: taken ? undefined : code });
    const { id } = await kept.create(of.workspace, { name, ...own }, 'Tradewind');
    const rows = clicksOf(id, daily, of);
    if (rows.length > 0)
      await db
        .insertInto('link_click')
        .values(rows.map((row) => ({ workspace: of.workspace, ...row })))
        .execute();
  }
}

/** The same every time: more on weekdays late in the week, fewer at its beginning. */
function clicksOf(link: string, daily: DemoLink['daily'], of: { until: number; days: number }) {
  const ways = ['click', 'scan', 'robot'] as const;
  return Array.from({ length: Math.min(DAYS, of.days) }, (_, ago) => ago + 1).flatMap((ago) => {
    const at = new Date(of.until - ago * DAY_MS);
    const day = at.toISOString().slice(0, 10);
    const wave = 0.7 + ((at.getUTCDay() * 5 + ago * 3) % 7) / 10;
    return ways.flatMap((way, index) =>
      PLACES.map(([country, device, share]) => {
        const count = Math.round(daily[index]! * wave * share);
        return { link, day, country, device: way === 'scan' && device === 'desktop' ? 'tablet' : device, way, count };
      }).filter(({ count }) => count > 0),
    );
  });
}
