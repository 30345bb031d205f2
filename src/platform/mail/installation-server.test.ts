import { expect, test } from 'vitest';
import { installationServer } from './installation-server.ts';

test('the address of the installation’s mail server says all there is to know', () => {
  expect(installationServer(undefined, undefined)).toBeNull();
  expect(installationServer('smtp://nord%40x.example:p%40ss@mail.example:2525', 'Tradewind <t@nord.example>')).toEqual({
    host: 'mail.example',
    port: 2525,
    security: 'starttls',
    certificate: 'checked',
    user: 'nord@x.example',
    password: 'p@ss',
    fromName: 'Tradewind',
    fromAddress: 't@nord.example',
  });
  expect(installationServer('smtps://mail.example', undefined)).toMatchObject({
    port: 465,
    security: 'tls',
    user: '',
    fromAddress: 'tradewind@mail.example',
  });
  const own = installationServer('smtp://a@b.example@[::1]?security=none&certificate=unchecked', 't@x.example');
  expect(own).toMatchObject({ host: '::1', security: 'none', certificate: 'unchecked', fromName: '' });
});
