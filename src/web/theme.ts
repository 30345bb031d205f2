// Mantine speaks with the product's own colours and rhythm, so no screen styles a control by hand.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const sea: MantineColorsTuple = [
  '#e2f0ee',
  '#c6e3df',
  '#9bd3cb',
  '#76c9bd',
  '#56c2b4',
  '#2f9d93',
  '#17807b',
  '#0a6b68',
  '#085856',
  '#064543',
]; // prettier-ignore

export const theme = createTheme({
  fontFamily: 'Inter, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, "Liberation Mono", monospace',
  colors: { sea },
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 4 },
  respectReducedMotion: true,
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.34', sm: '1.43', md: '1.43', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '28px' } } },
  components: {
    Button: {
      defaultProps: { size: 'sm' },
      vars: (_: unknown, props: { variant?: string }) =>
        props.variant === undefined || props.variant === 'filled'
          ? { root: { '--button-color': 'var(--on-accent)' } }
          : { root: {} },
      styles: { root: { height: 32, paddingInline: 'var(--button-padding-x, 12px)', fontWeight: 500 } },
    },
    // the list itself scrolls, so that a screen reader meets one listbox and no unnamed scroll area
    Select: {
      defaultProps: { withScrollArea: false, role: 'combobox' },
      styles: { options: { maxHeight: 240, overflowY: 'auto' } },
    },
    TagsInput: { defaultProps: { withScrollArea: false }, styles: { options: { maxHeight: 240, overflowY: 'auto' } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Input: { styles: { input: { minHeight: 32, height: 'auto' } } },
    PasswordInput: { styles: { input: { minHeight: 32, height: 32 }, innerInput: { height: 30 } } },
    Tooltip: {
      defaultProps: { multiline: true, maw: 280, events: { hover: true, focus: true, touch: true }, withArrow: false },
    },
    Modal: { defaultProps: { radius: 8, shadow: 'md', overlayProps: { backgroundOpacity: 0.4 } } },
    Drawer: { defaultProps: { shadow: 'md' } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-hover': 'var(--accent-weak)',
  '--mantine-color-disabled': 'var(--line)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-anchor': 'var(--accent)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
