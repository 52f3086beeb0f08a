import type { ReactNode } from 'react';
import { Icon } from './Icon.js';

/** Stands in the place of an empty list: what would be there, and the button that fills it. */
export function Empty({
  icon,
  title,
  sentence,
  children,
}: {
  readonly icon: string;
  readonly title: string;
  readonly sentence: string;
  readonly children?: ReactNode;
}) {
  return (
    <div style={{ padding: '48px 20px', textAlign: 'center', color: 'var(--ink-2)' }}>
      <Icon name={icon} size={32} />
      <h2 style={{ margin: '10px 0 4px', fontSize: 16, color: 'var(--ink-1)' }}>{title}</h2>
      <p style={{ margin: '0 0 14px' }}>{sentence}</p>
      {children}
    </div>
  );
}
