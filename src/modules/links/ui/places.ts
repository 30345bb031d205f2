// Where a link is put, as marketers name the places: each begins with the source and medium our channel rules know it by, and with
// the words the network itself puts in at the click.
import type { Tags } from '../convention-contract.ts';

export const PLACES: Readonly<Record<string, Partial<Tags>>> = {
  'yandex-direct': { source: 'yandex', medium: 'cpc', content: '{ad_id}', term: '{keyword}' },
  'google-ads': { source: 'google', medium: 'cpc', content: '{creative}', term: '{keyword}' },
  'vk-ads': { source: 'vk', medium: 'paid_social', content: '{{banner_id}}' },
  'meta-ads': { source: 'facebook', medium: 'paid_social', content: '{{ad.name}}' },
  'telegram-ads': { source: 'telegram', medium: 'paid_social' },
  banner: { medium: 'display' },
  newsletter: { source: 'newsletter', medium: 'email' },
  'telegram-post': { source: 'telegram', medium: 'social' },
  'vk-post': { source: 'vk', medium: 'social' },
  instagram: { source: 'instagram', medium: 'social' },
  messenger: { source: 'whatsapp', medium: 'social' },
  sms: { source: 'sms', medium: 'sms' },
  push: { source: 'push', medium: 'push' },
  partner: { medium: 'affiliate' },
  press: { medium: 'referral' },
  print: { source: 'print', medium: 'paid_print' },
};
