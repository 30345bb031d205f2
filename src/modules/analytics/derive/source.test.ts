import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, deriveSource } from './index.ts';

const SITE = ['shop.example', 'pay.example'];
const from = (referrer: string, url = 'https://shop.example/') => deriveSource({ url, referrer, siteHosts: SITE });
const short = (referrer: string, url?: string) => {
  const s = from(referrer, url);
  return [s.source, s.medium, s.channel];
};

describe('source from the referrer alone', () => {
  it.each([
    ['https://www.google.com/', 'google', 'organic', 'Organic Search'],
    ['https://www.google.com.tr/search', 'google', 'organic', 'Organic Search'],
    ['android-app://com.google.android.googlequicksearchbox/', 'google', 'organic', 'Organic Search'],
    ['https://yandex.ru/', 'yandex', 'organic', 'Organic Search'],
    ['https://ya.ru/', 'yandex', 'organic', 'Organic Search'],
    ['https://yandex.kz/search/', 'yandex', 'organic', 'Organic Search'],
    ['https://go.mail.ru/search?q=x', 'mail.ru', 'organic', 'Organic Search'],
    ['https://nova.rambler.ru/search?query=x', 'rambler', 'organic', 'Organic Search'],
    ['https://away.vk.com/away.php', 'vk', 'social', 'Organic Social'],
    ['https://m.vk.ru/', 'vk', 'social', 'Organic Social'],
    ['https://ok.ru/dk', 'ok', 'social', 'Organic Social'],
    ['https://dzen.ru/a/1', 'dzen', 'social', 'Organic Social'],
    ['https://zen.yandex.ru/', 'dzen', 'social', 'Organic Social'],
    ['https://t.me/channel', 'telegram', 'social', 'Organic Social'],
    ['android-app://org.telegram.messenger/', 'telegram', 'social', 'Organic Social'],
    ['https://l.instagram.com/', 'instagram', 'social', 'Organic Social'],
    ['https://www.youtube.com/', 'youtube', 'video', 'Organic Video'],
    ['https://chatgpt.com/', 'chatgpt', 'ai', 'AI Assistants'],
    ['https://alice.yandex.ru/', 'alice', 'ai', 'AI Assistants'],
    ['https://mail.google.com/', 'gmail', 'email', 'Email'],
    ['https://e.mail.ru/inbox', 'mail.ru mail', 'email', 'Email'],
    ['https://mail.yandex.ru/', 'yandex mail', 'email', 'Email'],
    ['https://market.yandex.ru/product/1', 'yandex market', 'referral', 'Organic Shopping'],
    ['https://docs.google.com/document', 'docs.google.com', 'referral', 'Referral'],
    ['https://www.habr.com/ru/articles/1', 'habr.com', 'referral', 'Referral'],
    ['', 'direct', 'none', 'Direct'],
    ['-', 'direct', 'none', 'Direct'],
    ['about:blank', 'direct', 'none', 'Direct'],
  ])('%s is %s / %s in %s', (referrer, source, medium, channel) => {
    expect(short(referrer)).toEqual([source, medium, channel]);
  });

  it('reads the search word in the charset it was written in', () => {
    expect(from('https://go.mail.ru/search?q=%EA%F3%EF%E8%F2%FC+%F1%EB%EE%ED%E0').term).toBe('купить слона');
    expect(from('https://yandex.ru/yandsearch?text=%D1%81%D0%BB%D0%BE%D0%BD').term).toBe('слон');
    expect(from('https://www.google.com/search?q=caf%E9').term).toBe('café');
  });

  it('sees no new source in a referrer on the site, its subdomains or its other hosts', () => {
    for (const referrer of [
      'https://shop.example/cart',
      'https://www.shop.example/',
      'https://m.shop.example/',
      'https://pay.example/done',
    ]) {
      expect(short(referrer)).toEqual(['', '', '']);
    }
    expect(deriveSource({ url: 'https://a.test/', referrer: 'https://a.test/b', siteHosts: [] }).channel).toBe('');
  });

  it('is not fooled by a host that only ends like the site', () => {
    expect(short('https://notshop.example/')).toEqual(['notshop.example', 'referral', 'Referral']);
  });
});

describe('source from the address of the page', () => {
  it('believes the campaign tags first, with the source in lower case', () => {
    const s = from(
      'https://www.google.com/',
      '/?utm_source=Yandex&utm_medium=CPC&utm_campaign=Весна&utm_content=b1&utm_term=%D1%81%D0%BB%D0%BE%D0%BD',
    );
    expect(s).toMatchObject({
      source: 'yandex',
      medium: 'cpc',
      campaign: 'Весна',
      content: 'b1',
      term: 'слон',
      channel: 'Paid Search',
    });
  });

  it.each([
    ['gclid', 'google', 'cpc', 'Paid Search'],
    ['yclid', 'yandex', 'cpc', 'Paid Search'],
    ['msclkid', 'bing', 'cpc', 'Paid Search'],
    ['wbraid', 'google', 'cpc', 'Paid Search'],
    ['dclid', 'google', 'display', 'Display'],
    ['ymclid', 'yandex market', 'cpc', 'Paid Shopping'],
    ['rb_clickid', 'vk', 'cpc', 'Paid Social'],
    ['ttclid', 'tiktok', 'cpc', 'Paid Social'],
    ['li_fat_id', 'linkedin', 'cpc', 'Paid Social'],
    ['ysclid', 'yandex', 'organic', 'Organic Search'],
    ['fbclid', 'facebook', 'social', 'Organic Social'],
    ['irclickid', 'impact', 'affiliate', 'Affiliates'],
    ['mc_cid', 'mailchimp', 'email', 'Email'],
  ])('knows %s without any tag: %s / %s in %s', (name, source, medium, channel) => {
    expect(from('', `/?a=1&${name}=abc123`)).toMatchObject({
      source,
      medium,
      channel,
      clickIdName: name,
      clickId: 'abc123',
    });
  });

  it('keeps Instagram as Instagram though its links carry fbclid', () => {
    expect(short('https://l.instagram.com/', '/?fbclid=1')).toEqual(['instagram', 'social', 'Organic Social']);
  });

  it('does not let fbclid turn a tagged mailing into social', () => {
    expect(short('https://l.facebook.com/', '/?utm_source=unisender&utm_medium=email&fbclid=1')[2]).toBe('Email');
  });

  it('prefers the paid id to the organic one', () => {
    expect(from('', '/?ysclid=1&yclid=2')).toMatchObject({ clickIdName: 'yclid', channel: 'Paid Search' });
  });

  it('finds tags behind "&amp;" and behind the "#"', () => {
    expect(short('', '/?utm_source=vk&amp;utm_medium=cpc')).toEqual(['vk', 'cpc', 'Paid Social']);
    expect(short('', '/#/start?utm_source=vk&utm_medium=cpc')).toEqual(['vk', 'cpc', 'Paid Social']);
  });

  it('uses utm_id for the campaign and the referrer for a missing source', () => {
    expect(from('https://vk.com/', '/?utm_medium=cpc&utm_id=77')).toMatchObject({
      source: 'vk',
      campaign: '77',
      channel: 'Paid Social',
    });
  });

  it('reads openstat, plain or in base64', () => {
    const plain = 'direct.yandex.ru;1234;5678;yandex.ru:premium';
    for (const value of [plain, Buffer.from(plain).toString('base64')]) {
      expect(from('', `/?_openstat=${encodeURIComponent(value)}`)).toMatchObject({
        source: 'direct.yandex.ru',
        medium: 'cpc',
        campaign: '1234',
        content: '5678',
      });
    }
  });

  it('takes a tagged link as a new source even on the site itself', () => {
    expect(short('https://shop.example/', '/?utm_source=sms&utm_medium=sms')).toEqual(['sms', 'sms', 'SMS']);
  });

  it('counts an untagged campaign name without a source as unassigned, not as direct', () => {
    expect(short('', '/?utm_campaign=spring')).toEqual(['', '', 'Unassigned']);
  });
});

describe('any junk', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string().map((s) => `https://yandex.ru/?text=%${s}&utm_source=%${s}`),
  );

  it('never throws and always yields a channel or none', () => {
    fc.assert(
      fc.property(text, text, fc.array(fc.string(), { maxLength: 3 }), (url, referrer, siteHosts) => {
        const { channel } = deriveSource({ url, referrer, siteHosts });
        expect(['', ...CHANNELS]).toContain(channel);
      }),
      { numRuns: 500 },
    );
  });

  it('answers the same the second time', () => {
    fc.assert(
      fc.property(text, text, (url, referrer) => {
        const input = { url, referrer, siteHosts: SITE };
        expect(deriveSource(input)).toEqual(deriveSource(input));
      }),
    );
  });
});
