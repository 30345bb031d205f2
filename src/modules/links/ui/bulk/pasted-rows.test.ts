import { expect, test } from 'vitest';
import { filledRow, pastedRows } from './pasted-rows.ts';

test('an address a line, with commas and semicolons of its own', () => {
  expect(pastedRows('https://shop.example/a;b?x=1,2\n\n  shop.example/b \r\n')).toEqual([
    { target: 'https://shop.example/a;b?x=1,2', name: '' },
    { target: 'shop.example/b', name: '' },
  ]);
});

test('columns from a spreadsheet, named or in the usual order', () => {
  expect(pastedRows('shop.example/a\tred banner\tsummer')).toEqual([
    { target: 'shop.example/a', name: '', content: 'red banner', campaign: 'summer' },
  ]);
  expect(pastedRows('Кампания;Адрес;Ключ\nлето;shop.example/a;"купить зонт"')).toEqual([
    { target: 'shop.example/a', name: '', campaign: 'лето', term: 'купить зонт' },
  ]);
  expect(pastedRows('url,utm_source,something\nshop.example,vk,7')).toEqual([
    { target: 'shop.example', name: '', source: 'vk' },
  ]);
  expect(pastedRows('URL\nshop.example')).toEqual([{ target: 'shop.example', name: '' }]);
});

test('what stands above all rows fills what they leave empty', () => {
  const common = { source: 'vk', medium: 'social', campaign: 'summer', content: '', term: '' };
  expect(filledRow({ target: 'a.example', name: '', campaign: 'winter' }, common)).toEqual({
    ...{ target: 'a.example', name: '', source: 'vk', medium: 'social', campaign: 'winter', content: '', term: '' },
  });
});
