import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Blue-grey from text to the deepest surface; Mantine's own greys clash with the panels. */
const dark: MantineColorsTuple = [
  '#e6edf3',
  '#b3bdc8',
  '#8b97a5',
  '#5f6c7a',
  '#3a4653',
  '#26303b',
  '#161d26',
  '#0d1117',
  '#0a0d12',
  '#06080b',
];

/** Mantine dressed in the tokens of `tokens.css`; shade 8 keeps filled buttons at 4.5:1. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  autoContrast: true,
  colors: { dark },
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: {
    xs: '0.71875rem',
    sm: '0.8125rem',
    md: '0.875rem',
    lg: '1rem',
    xl: '1.5rem',
  },
  defaultRadius: 'sm',
  radius: { sm: '0.375rem' },
  respectReducedMotion: true,
  components: {
    // The scroll lock injects a style element, which the Content-Security-Policy refuses.
    Modal: {
      defaultProps: { lockScroll: false, transitionProps: { duration: 100 } },
    },
    // A dialog's head is no banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Drawer: { defaultProps: { lockScroll: false } },
    // Esc closes what has the focus; a popover that is opened and left out of it would stay.
    Popover: {
      defaultProps: { transitionProps: { duration: 100 }, trapFocus: true, returnFocus: true },
    },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 } } },
  },
});

const TOKENS = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-dim)',
  '--mantine-color-placeholder': 'var(--text-dim)',
  '--mantine-color-error': 'var(--alarm)',
  // The edge of a control is 3:1 to its ground, as that of our own controls.
  '--mantine-color-default-border': 'var(--line-strong)',
};

/** Mantine sets these for each scheme under a stronger selector, so they are given for each scheme. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: TOKENS,
  dark: TOKENS,
});
