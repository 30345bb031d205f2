import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, channelOf } from './channel.ts';

const at = (source: string, medium: string, more: Partial<Parameters<typeof channelOf>[0]> = {}) =>
  channelOf({ source, medium, campaign: '', clickIdName: '', referrerHost: '', ...more });

describe('default channel group', () => {
  it.each([
    ['google', 'cpc', 'Paid Search'],
    ['google', 'cpm', 'Paid Search'],
    ['yandex', 'cpm', 'Paid Search'],
    ['yandex_direct', 'cpc', 'Paid Search'],
    ['ya.direct', 'paid', 'Paid Search'],
    ['mail.ru', 'ppc', 'Paid Search'],
    ['vk', 'cpm', 'Paid Social'],
    ['vk_ads', 'cpc', 'Paid Social'],
    ['mytarget', 'cpc', 'Paid Social'],
    ['m.facebook.com', 'retargeting', 'Paid Social'],
    ['tg_ads', 'cpm', 'Paid Social'],
    ['youtube', 'cpv', 'Paid Video'],
    ['youtube', 'cpc', 'Paid Video'],
    ['yandex.market', 'cpc', 'Paid Shopping'],
    ['ozon', 'cpc', 'Paid Shopping'],
    ['rbc.ru', 'cpm', 'Display'],
    ['rbc.ru', 'banner', 'Display'],
    ['rbc.ru', 'cpc', 'Paid Other'],
    ['taboola', 'cpc', 'Paid Other'],
    ['market.yandex.ru', 'referral', 'Organic Shopping'],
    ['vk', 'social', 'Organic Social'],
    ['vk.com', 'referral', 'Organic Social'],
    ['ok.ru', '', 'Organic Social'],
    ['dzen', 'referral', 'Organic Social'],
    ['telegram', 'post', 'Organic Social'],
    ['blogger-petrov', 'smm', 'Organic Social'],
    ['rutube', 'video', 'Organic Video'],
    ['chatgpt.com', '', 'AI Assistants'],
    ['perplexity', 'referral', 'AI Assistants'],
    ['yandex', 'organic', 'Organic Search'],
    ['rambler', 'organic', 'Organic Search'],
    ['some-engine', 'organic', 'Organic Search'],
    ['newsletter-may', 'email', 'Email'],
    ['mail.ru', 'email', 'Email'],
    ['unisender', 'e-mail', 'Email'],
    ['admitad', 'affiliate', 'Affiliates'],
    ['spotify', 'audio', 'Audio'],
    ['sms', 'text', 'SMS'],
    ['devino', 'sms', 'SMS'],
    ['pushwoosh', 'web-push', 'Push'],
    ['habr.com', 'referral', 'Referral'],
    ['direct', 'none', 'Direct'],
    ['(direct)', '(none)', 'Direct'],
    ['leaflet', 'qr', 'Unassigned'],
  ])('puts %s / %s into %s', (source, medium, channel) => {
    expect(at(source, medium)).toBe(channel);
  });

  it('never calls a search or social source bought by impressions Display', () => {
    for (const source of ['google', 'yandex', 'bing', 'vk', 'ok', 'facebook', 'dzen'])
      expect(at(source, 'cpm')).not.toBe('Display');
  });

  it('counts search click ids as paid search without any tag', () => {
    for (const clickIdName of ['gclid', 'gbraid', 'wbraid', 'msclkid', 'yclid'])
      expect(at('', '', { clickIdName })).toBe('Paid Search');
  });

  it('takes a campaign that says so for cross-network or shopping, before anything else', () => {
    expect(at('google', 'cpc', { campaign: 'Brand | PMax | RU' })).toBe('Cross-network');
    expect(at('google', 'cpc', { campaign: 'Cross-Network' })).toBe('Cross-network');
    expect(at('google', 'cpc', { campaign: 'spring_shopping' })).toBe('Paid Shopping');
    expect(at('google', 'cpc', { campaign: 'sale-eshop' })).toBe('Paid Shopping');
    expect(at('google', 'cpc', { campaign: 'workshop' })).toBe('Paid Search');
  });

  it('does not mind upper case', () => {
    expect(at('VK', 'CPC')).toBe('Paid Social');
  });

  it('always gives one of the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (source, medium, campaign, referrerHost) => {
        expect(CHANNELS).toContain(channelOf({ source, medium, campaign, clickIdName: '', referrerHost }));
      }),
    );
  });
});
