import icons from 'virtual:icons';

/**
 * Draws an icon of Tabler's in the colour of the text around it. It says nothing to a screen reader: the words stand beside it, or in the
 * `aria-label` of the button.
 *
 * @example <Icon name="trash" size={16} />
 */
export function Icon({ name, size = 18 }: { readonly name: string; readonly size?: number }) {
  const body = icons[name] ?? icons['puzzle'] ?? '';
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a drawing from the package of icons, chosen at build
      dangerouslySetInnerHTML={{ __html: body }}
    />
  );
}
