// Language and theme: a menu of its own before sign-in, part of the user menu after it.
import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/language.ts';

const NAMES = { en: 'English', ru: 'Русский' } as const;
const THEMES = ['light', 'dark', 'auto'] as const;

export function LanguageItems() {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Menu.Label>{t('shell.language')}</Menu.Label>
      {(['en', 'ru'] as const).map((language) => (
        <Menu.Item
          key={language}
          role="menuitemradio"
          aria-checked={i18n.language === language}
          fw={i18n.language === language ? 600 : 400}
          lang={language}
          onClick={() => void chooseLanguage(language)}
        >
          {NAMES[language]}
        </Menu.Item>
      ))}
    </>
  );
}

export function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('shell.theme')}</Menu.Label>
      {THEMES.map((theme) => (
        <Menu.Item
          key={theme}
          role="menuitemradio"
          aria-checked={colorScheme === theme}
          fw={colorScheme === theme ? 600 : 400}
          onClick={() => setColorScheme(theme)}
        >
          {t(`shell.themes.${theme}`)}
        </Menu.Item>
      ))}
    </>
  );
}

export function Preferences() {
  const { i18n } = useTranslation();
  return (
    <Menu width={200} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default">{i18n.language === 'ru' ? NAMES.ru : NAMES.en}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}
