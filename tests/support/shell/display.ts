/** A virtual display for machines without a screen. */

interface Display {
  /** For the environment variable DISPLAY. */
  readonly name: string;
  readonly screenshot: (file: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface DisplayScript {
  readonly startDisplay: (size?: {
    readonly width: number;
    readonly height: number;
  }) => Promise<Display>;
}

export async function startDisplay(): Promise<Display> {
  const script = new URL('../../../scripts/lib/display.mjs', import.meta.url).href;
  const { startDisplay: start } = (await import(script)) as DisplayScript;
  return start({ width: 1400, height: 1000 });
}
