/** Asks before the app ends while keys are not in the backup (I3). */
import type { AppState } from '../preload/model/app';
import type { QuitQuestion, SetupState, SignOutRisk } from '../preload/model/keys';
import type { ValueSource } from './topics/value-source';

export interface QuitGateParts {
  readonly app: ValueSource<AppState>;
  readonly quitRequest: ValueSource<QuitQuestion | null>;
  readonly risk: () => Promise<SignOutRisk>;
  /** What was last known of the keys, for when the engine doesn't answer in time. */
  readonly lastKnown: () => SignOutRisk;
  /** A recovery key is made, perhaps saved, but not in use yet. */
  readonly keyNotInUse: () => boolean;
  /** Ends the app for good. */
  readonly end: () => Promise<void>;
}

/** Milliseconds; after that the question is put with what was last known. */
const answerWithinMs = 3_000;

export class QuitGate {
  readonly #parts: QuitGateParts;
  #ending: Promise<void> | null = null;

  constructor(parts: QuitGateParts) {
    this.#parts = parts;
  }

  /** True: the app is ending. False: the window asks the person, who answers with `decide`. */
  async mayQuit(): Promise<boolean> {
    const question = await this.#question();
    if (question === null) {
      await this.#end();
      return true;
    }
    this.#parts.quitRequest.set(question);
    return false;
  }

  /** Ends the app without asking: a signal, or the desktop's own end. */
  mustQuit(): Promise<void> {
    return this.#end();
  }

  async decide(quit: boolean): Promise<void> {
    this.#parts.quitRequest.set(null);
    if (quit) await this.#end();
  }

  /** Null where there is nothing to ask about. */
  async #question(): Promise<QuitQuestion | null> {
    if (this.#ending !== null || this.#parts.app.value.phase !== 'signed_in') return null;
    const risk = await this.#riskInTime();
    const keyNotInUse = this.#parts.keyNotInUse();
    const nothingAtRisk = risk.safe || risk.pendingKeys === 0;
    // Nothing is lost by cutting it off, but whoever waits for it is told that it will stand still.
    const nothingUnderWay = risk.unfinished === undefined;
    return nothingAtRisk && nothingUnderWay && !keyNotInUse ? null : { ...risk, keyNotInUse };
  }

  async #riskInTime(): Promise<SignOutRisk> {
    const { risk, lastKnown } = this.#parts;
    const { promise: limit, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => {
      resolve(null);
    }, answerWithinMs);
    try {
      return (await Promise.race([risk(), limit])) ?? lastKnown();
    } catch {
      return lastKnown();
    } finally {
      clearTimeout(timer);
    }
  }

  #end(): Promise<void> {
    this.#ending ??= this.#parts.end();
    return this.#ending;
  }
}

/** Whether a recovery key was made whose copies would open nothing if the setup ended here. */
export function isKeyNotInUse(setup: SetupState): boolean {
  switch (setup.step) {
    case 'presenting':
    case 'proven':
      return true;
    case 'securing':
      // From the backup on, the key opens what the setup left, and completes it.
      return setup.doing === 'identity' || setup.doing === 'secret_storage';
    case 'idle':
    case 'done':
      return false;
  }
}
