import type { NotificationData } from '@mantine/notifications';

/** Says at the lower edge of the page what has happened, for some seconds. What shows it is loaded beside the first page, not with it. */
export async function notify(notification: NotificationData): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  notifications.show(notification);
}
