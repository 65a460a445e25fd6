/** Remembers where the window was, per profile. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { mainWindow } from '../window-settings';

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(mainWindow.minWidth).max(32_767),
  height: z.int().min(mainWindow.minHeight).max(32_767),
  maximized: z.boolean(),
});
type State = z.infer<typeof stateSchema>;

const fileName = 'window.json';

/** The bounds to open with; null for the first time, or where that screen is gone. */
export function readWindowState(folder: string): State | null {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
    return overlaps(state, screen.getDisplayMatching(state).workArea) ? state : null;
  } catch {
    // Absent or damaged: the window opens where the desktop puts it.
    return null;
  }
}

/** Writes the window's bounds; the next start reads them. */
export function writeWindowState(folder: string, window: BrowserWindow): void {
  const state: State = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  try {
    writeFileSync(join(folder, fileName), JSON.stringify(state), { mode: 0o600 });
  } catch {
    // A full or read-only disk must not keep a window from closing.
  }
}

function overlaps(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
