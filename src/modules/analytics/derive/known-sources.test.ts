// Sources that other counters lose in "referral" or "direct": assistants, messengers and networks, with their apps.
import { expect, test } from 'vitest';
import { deriveSource } from './index.ts';

const SITES = ['shop.example'];

test.each([
  ['https://chatgpt.com/', 'chatgpt', 'AI Assistants'],
  ['https://chat.openai.com/', 'chatgpt', 'AI Assistants'],
  ['https://www.perplexity.ai/', 'perplexity', 'AI Assistants'],
  ['https://claude.ai/', 'claude', 'AI Assistants'],
  ['https://gemini.google.com/app', 'gemini', 'AI Assistants'],
  ['https://copilot.microsoft.com/', 'copilot', 'AI Assistants'],
  ['https://chat.deepseek.com/', 'deepseek', 'AI Assistants'],
  ['https://giga.chat/', 'gigachat', 'AI Assistants'],
  ['https://alice.yandex.ru/', 'alice', 'AI Assistants'],
  ['https://grok.com/', 'grok', 'AI Assistants'],
  ['https://chat.mistral.ai/', 'mistral', 'AI Assistants'],
  ['https://www.meta.ai/', 'meta ai', 'AI Assistants'],
  ['https://chat.qwen.ai/', 'qwen', 'AI Assistants'],
  ['https://www.kimi.com/', 'kimi', 'AI Assistants'],
  ['https://t.me/channel', 'telegram', 'Organic Social'],
  ['https://web.telegram.org/k/', 'telegram', 'Organic Social'],
  ['https://telegram.me/x', 'telegram', 'Organic Social'],
  ['android-app://org.telegram.messenger/', 'telegram', 'Organic Social'],
  ['android-app://org.telegram.messenger.web/', 'telegram', 'Organic Social'],
  ['https://vk.com/', 'vk', 'Organic Social'],
  ['https://m.vk.com/', 'vk', 'Organic Social'],
  ['https://vk.ru/', 'vk', 'Organic Social'],
  ['https://away.vk.com/away.php', 'vk', 'Organic Social'],
  ['android-app://com.vkontakte.android/', 'vk', 'Organic Social'],
  ['https://dzen.ru/', 'dzen', 'Organic Social'],
  ['https://m.dzen.ru/a/1', 'dzen', 'Organic Social'],
  ['https://zen.yandex.ru/', 'dzen', 'Organic Social'],
  ['android-app://ru.zen.android/', 'dzen', 'Organic Social'],
  ['https://ok.ru/', 'ok', 'Organic Social'],
  ['https://web.max.ru/', 'max', 'Organic Social'],
  ['https://wa.me/', 'whatsapp', 'Organic Social'],
  ['https://my.mail.ru/', 'my.mail.ru', 'Organic Social'],
  ['https://yandex.ru/', 'yandex', 'Organic Search'],
  ['https://ya.ru/', 'yandex', 'Organic Search'],
  ['https://yandex.by/', 'yandex', 'Organic Search'],
  ['https://yandex.com.tr/', 'yandex', 'Organic Search'],
  ['android-app://ru.yandex.searchplugin/', 'yandex', 'Organic Search'],
  ['https://go.mail.ru/search?q=x', 'mail.ru', 'Organic Search'],
  ['https://e.mail.ru/inbox', 'mail.ru mail', 'Email'],
  ['https://touch.mail.ru/', 'mail.ru mail', 'Email'],
  ['https://mail.yandex.ru/', 'yandex mail', 'Email'],
])('%s is %s, in %s', (referrer, source, channel) => {
  expect(deriveSource({ url: 'https://shop.example/', referrer, siteHosts: SITES })).toMatchObject({ source, channel });
});

test.each([
  ['utm_source=chatgpt.com', 'AI Assistants'],
  ['utm_source=perplexity', 'AI Assistants'],
  ['utm_source=telegram', 'Organic Social'],
  ['utm_source=tg&utm_medium=post', 'Organic Social'],
  ['utm_source=vk', 'Organic Social'],
  ['utm_source=vk&utm_medium=cpc', 'Paid Social'],
  ['rb_clickid=1', 'Paid Social'],
  ['utm_source=dzen&utm_medium=social', 'Organic Social'],
  ['utm_source=yandex&utm_medium=cpc', 'Paid Search'],
  ['yclid=1', 'Paid Search'],
  ['ysclid=1', 'Organic Search'],
])('?%s counts as %s', (query, channel) => {
  const url = `https://shop.example/?${query}`;
  expect(deriveSource({ url, referrer: '', siteHosts: SITES }).channel).toBe(channel);
});
