import { ActionIcon, type ActionIconProps, Tooltip, UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import { Icon } from '../look/Icon.js';
import { useSay } from '../look/Languages.js';

interface HandleProps extends ComponentPropsWithoutRef<'button'> {
  /** The row in words. */
  readonly title: string;
  readonly place: number;
  readonly count: number;
}

/** The handle by which a row is moved. */
export function Handle({ title, place, count, ...handlers }: HandleProps) {
  const say = useSay();
  return (
    <button
      type="button"
      className="row-handle"
      data-handle
      aria-label={say('Move {row}: {place} of {count}', { row: title, place: place + 1, count })}
      aria-roledescription={say('Moved with the arrow keys')}
      {...handlers}
    >
      <Icon name="grip-vertical" size={16} />
    </button>
  );
}

interface IconButtonProps extends ActionIconProps {
  readonly icon: string;
  readonly title: string;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
  readonly isExpanded?: boolean;
}

/** A small button with an icon alone. */
export function IconButton({ icon, title, onClick, isPressed, isExpanded, ...look }: IconButtonProps) {
  return (
    <Tooltip label={title}>
      <ActionIcon
        variant="subtle"
        color="ink"
        size={26}
        aria-label={title}
        aria-pressed={isPressed}
        aria-expanded={isExpanded}
        onClick={onClick}
        {...look}
      >
        <Icon name={icon} size={15} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A button that looks like a link: *Add a choice*, *Set*, *3 more: Header, …*. */
export function WordButton({
  icon,
  title,
  onClick,
  ...rest
}: {
  readonly icon?: string;
  readonly title: string;
  readonly onClick: () => void;
  readonly 'aria-label'?: string;
}) {
  return (
    <UnstyledButton className="word-button" onClick={onClick} {...rest}>
      {icon ? <Icon name={icon} size={15} /> : null}
      <span>{title}</span>
    </UnstyledButton>
  );
}
