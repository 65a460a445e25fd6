import { Notification } from 'electron';
import type { DesktopNotification } from '../shell';

/** Shown notifications: one that is collected as garbage loses its click. */
const shown = new Set<Notification>();

export function showNotification(asked: DesktopNotification, bringForward: () => void): void {
  const notification = new Notification({ title: asked.title, body: asked.body });
  const forget = (): void => void shown.delete(notification);
  shown.add(notification);
  notification.once('click', () => {
    forget();
    bringForward();
    asked.onClick();
  });
  notification.once('close', forget);
  notification.once('failed', forget);
  notification.show();
}
