import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#f6f7f9',
  '#eceef2',
  '#e4e7ec',
  '#c9ced8',
  '#98a1b0',
  '#656d7b',
  '#4d5564',
  '#2c313b',
  '#1c1f26',
  '#15171c',
];
const dark: MantineColorsTuple = [
  '#eceef2',
  '#b0b8c5',
  '#98a1b0',
  '#656d7b',
  '#3a404c',
  '#2c313b',
  '#232730',
  '#1c1f26',
  '#16191f',
  '#121419',
];
const accent: MantineColorsTuple = [
  '#eef1fd',
  '#e8edfd',
  '#c9d4fa',
  '#a3b4f5',
  '#7b94ff',
  '#5a76ea',
  '#3b5bdb',
  '#3350c4',
  '#2a43a6',
  '#223788',
];

/** Mantine's components in the look of the console. Primary buttons are ink: colour is kept for meaning. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontSizes: { xs: '11.5px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '21px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } } },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  colors: { ink, accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  variantColorResolver: (input) =>
    input.color === 'ink' && (input.variant === 'filled' || input.variant === undefined)
      ? { background: 'var(--ink-1)', hover: 'var(--ink-2)', color: 'var(--paper)', border: '1px solid transparent' }
      : defaultVariantColorsResolver(input),
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm', radius: 'sm' } },
    TextInput: { defaultProps: { size: 'sm', radius: 'md' } },
    Textarea: { defaultProps: { size: 'sm', radius: 'md' } },
    Select: { defaultProps: { size: 'sm', radius: 'md', comboboxProps: { shadow: 'md' } } },
    Modal: { styles: { title: { fontSize: 16, fontWeight: 650 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true, fz: 'xs' } },
  },
});
