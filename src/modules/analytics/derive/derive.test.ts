import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILES } from './fixtures/measure.ts';
import { deriveClient, deriveCountry, parsePage } from './index.ts';

describe('public test files', () => {
  it.each(FILES.map((file) => [file.what, file] as const))('%s: the target share is right', (_, file) => {
    const { right, total, misses } = file.measure();
    expect((100 * right) / total, misses.slice(0, 20).join('\n')).toBeGreaterThanOrEqual(file.target);
  });
});

describe('client', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      'Chrome',
      'Windows',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      'Chrome',
      'Android',
      'mobile',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari',
      'iOS',
      'mobile',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iOS',
      'tablet',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox',
      'macOS',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36',
      'Yandex Browser',
      'Windows',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Linux; Android 9; AFTS Build/PS7) AppleWebKit/537.36 (KHTML, like Gecko) Silk/100.1 like Chrome/100.0 Safari/537.36',
      'Amazon Silk',
      'Android',
      'tv',
    ],
    [
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      'Chrome',
      'Chrome OS',
      'desktop',
    ],
  ])('%s', (userAgent, browser, system, device) => {
    expect(deriveClient(userAgent)).toMatchObject({ browser, system, device, bot: false, botName: '' });
  });

  it('names the robot', () => {
    expect(deriveClient('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toMatchObject({
      bot: true,
      botName: 'Googlebot',
    });
    expect(deriveClient('Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)')).toMatchObject({
      bot: true,
      botName: 'YandexBot',
    });
    expect(
      deriveClient(
        'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
      ),
    ).toMatchObject({ bot: true, botName: 'GPTBot' });
  });

  it('does not know who sends no user agent', () => {
    expect(deriveClient('')).toMatchObject({ browser: '', system: '', bot: false });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        (text) => typeof deriveClient(`Mozilla/5.0 (${text}) ${text}`).browser === 'string',
      ),
    );
  });
});

describe('page', () => {
  it('is readable, without tracking parameters, port, user or upper case in the host', () => {
    expect(
      parsePage(
        'https://u:p@Shop.Example:8443/%D0%BA%D0%B0%D1%82%D0%B0%D0%BB%D0%BE%D0%B3/a%2Fb?utm_source=x&id=5&gclid=1&YCLID=2&q=%20a#top',
      ),
    ).toEqual({
      hostname: 'shop.example',
      path: '/каталог/a%2Fb',
      query: 'id=5&q=%20a',
    });
  });

  it('reads a path alone, as in a log', () => {
    expect(parsePage('/blog?p=2&fbclid=x')).toEqual({ hostname: '', path: '/blog', query: 'p=2' });
    expect(parsePage('https://shop.example')).toEqual({ hostname: 'shop.example', path: '/', query: '' });
  });

  it('survives broken escapes and windows-1251', () => {
    expect(parsePage('/%EA%E0%F2%E0%EB%EE%E3').path).toBe('/каталог');
    expect(parsePage('/100%').path).toBe('/100%');
  });

  it('knows an international host in one form', () => {
    expect(parsePage('https://Пример.рф/').hostname).toBe('xn--e1afmkfd.xn--p1ai');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parsePage(text).path.startsWith('/')));
  });
});

describe('country', () => {
  it('knows public addresses', () => {
    expect(deriveCountry('8.8.8.8')).toBe('US');
    expect(deriveCountry('77.88.8.8')).toBe('RU');
    expect(deriveCountry('::ffff:77.88.8.8')).toBe('RU');
  });

  it('is empty for private, malformed and IPv6 addresses', () => {
    for (const ip of ['10.0.0.1', '192.168.1.1', '127.0.0.1', '999.1.1.1', 'junk', '', '2a02:6b8::1'])
      expect(deriveCountry(ip)).toBe('');
  });
});
