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
      <Menu.RadioGroup
        value={i18n.language}
        onChange={(language) => void chooseLanguage(language === 'ru' ? 'ru' : 'en')}
      >
        {(['en', 'ru'] as const).map((language) => (
          <Menu.RadioItem key={language} value={language} lang={language}>
            {NAMES[language]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

export function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('shell.theme')}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(chosen) => setColorScheme(THEMES.find((theme) => theme === chosen) ?? 'auto')}
      >
        {THEMES.map((theme) => (
          <Menu.RadioItem key={theme} value={theme}>
            {t(`shell.themes.${theme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
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
