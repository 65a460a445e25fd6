/** A profile opened in another process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface OpenedElsewhere {
  /** `opened <session>` or `failed <reason>`. */
  readonly answer: string;
  close(): Promise<void>;
}

/** @param user the id of the user it runs as; this process's own where it is left out */
export async function openElsewhere(
  script: string,
  profileDir: string,
  user?: number,
): Promise<OpenedElsewhere> {
  const child = spawn(process.execPath, [script, profileDir, String(user ?? '')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    answer: line,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
