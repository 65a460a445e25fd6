import type { StoredProfile } from '../store/tasks';

export interface RestoreTask {
  readonly profile: StoredProfile;
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly recoveryKey: string;
  /** Keys in the backup. */
  readonly keys: number;
  /** The room on screen, and how many messages it shows. */
  readonly roomId: string;
  readonly messages: number;
}

/** In milliseconds and megabytes (10^6 bytes). */
export interface RestoreMeasured {
  readonly ms: number;
  readonly perSecond: number;
  /** From entering the recovery key until the last message on screen is readable. */
  readonly firstScreenMs: number;
  /** The most the whole process ever took, and what it took before the key was entered. */
  readonly peakRssMB: number;
  readonly rssBeforeMB: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  /** Processor time of the process during the restore, all threads. */
  readonly cpuMs: number;
}
