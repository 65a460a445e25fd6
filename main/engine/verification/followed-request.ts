import {
  VerificationPhase,
  VerificationRequestEvent,
  type ShowQrCodeCallbacks,
  type ShowSasCallbacks,
  type VerificationRequest,
  type Verifier,
} from 'matrix-js-sdk/lib/crypto-api/verification.js';
import { VerificationMethod } from 'matrix-js-sdk/lib/types.js';
import type {
  OtherSide,
  QrModules,
  VerificationEnd,
  VerificationState,
} from '../../../preload/model/verification';
import { HoldfastError } from '../../holdfast-error';
import { OncePerTurn } from '../sync/once-per-turn';
import { emojiOf } from './emoji-of';
import { Patience } from './patience';
import { phaseOf } from './phase-of';
import { qrModules } from './qr-modules';
import { verificationEnd } from './verification-end';

export interface Following {
  /** Asked whenever something changed: the other device shows only when it answers. */
  readonly otherSide: () => OtherSide;
  /** Before anything is compared: true where the other side's keys must not be trusted. */
  readonly hasImpostor: () => Promise<boolean>;
  readonly told: (state: VerificationState) => void;
}

/** Milliseconds; the specification's, where the crypto library names none. */
const longestMs = 10 * 60_000;

/** One verification from its request to its end, as the person sees it. */
export class FollowedRequest {
  readonly request: VerificationRequest;
  readonly #following: Following;
  readonly #changed = new OncePerTurn(() => {
    this.#update();
  });
  readonly #timer: NodeJS.Timeout;
  readonly #patience = new Patience(() => {
    void this.#stop('timeout').catch(() => undefined);
  });
  #code: QrModules | null | 'asked' | 'unasked' = 'unasked';
  #checked: 'unasked' | 'asked' | 'fine' = 'unasked';
  #verifying: Verifier | null = null;
  #starting = false;
  /** Their code was scanned here. */
  #scanned = false;
  /** Both sides agreed to verify. */
  #accepted = false;
  /** The person said that both sides show the same. */
  #answered = false;
  /** Decided here, whatever code the cancellation carries. */
  #end: VerificationEnd | null = null;
  #over = false;

  constructor(request: VerificationRequest, following: Following) {
    this.request = request;
    this.#following = following;
    request.on(VerificationRequestEvent.Change, this.#onChange);
    this.#timer = setTimeout(() => {
      void this.#stop('timeout').catch(() => undefined);
    }, request.timeout ?? longestMs);
    this.#timer.unref();
    this.#update();
  }

  /** What the other side is called has become known. */
  lookAgain(): void {
    if (!this.#over) this.#changed.request();
  }

  get over(): boolean {
    return this.#over;
  }

  async accept(): Promise<void> {
    if (phaseOf(this.request) !== VerificationPhase.Requested || this.request.initiatedByMe) {
      throw new HoldfastError('not_allowed', 'There is nothing to accept');
    }
    await this.request.accept();
    this.#changed.request();
  }

  async useEmoji(): Promise<void> {
    if (phaseOf(this.request) !== VerificationPhase.Ready) {
      throw new HoldfastError('not_allowed', 'The other side has not agreed');
    }
    await this.#start();
  }

  async emojiMatch(): Promise<void> {
    const sas = this.#requireSas();
    this.#answered = true;
    this.#changed.request();
    await sas.confirm();
  }

  emojiMismatch(): void {
    const sas = this.#requireSas();
    this.#end = 'mismatch';
    sas.mismatch();
    this.#changed.request();
  }

  /** @param seen the other side shows that it has read our code */
  async qrSeen(seen: boolean): Promise<void> {
    const code = this.#reciprocation;
    if (code === null || this.#answered) {
      throw new HoldfastError('not_allowed', 'The code was not scanned');
    }
    if (!seen) return this.#stop('mismatch');
    this.#answered = true;
    this.#changed.request();
    code.confirm();
  }

  /**
   * @param code what the code that the other side shows says
   * @throws {HoldfastError} `code_wrong`; the verification goes on, and another can be scanned
   */
  async scan(code: Uint8Array): Promise<void> {
    if (phaseOf(this.request) !== VerificationPhase.Ready || this.#checked !== 'fine') {
      throw new HoldfastError('not_allowed', 'The other side has not agreed');
    }
    try {
      await this.request.scanQRCode(new Uint8ClampedArray(code));
    } catch (cause) {
      // Of the scan itself, not of telling the other side: that shows as the request's end.
      if (phaseOf(this.request) !== VerificationPhase.Ready) throw cause;
      throw new HoldfastError('code_wrong', 'Not the code of this verification', {}, { cause });
    }
    this.#scanned = true;
    this.#changed.request();
  }

  /** By the person. The other side is told where it can be reached. */
  cancel(): Promise<void> {
    return this.#stop('cancelled');
  }

  /** Says and hears nothing more. */
  leave(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#patience.end();
    this.#changed.cancel();
    this.request.off(VerificationRequestEvent.Change, this.#onChange);
  }

  readonly #onChange = (): void => {
    this.#changed.request();
  };

  get #sas(): ShowSasCallbacks | null {
    return this.request.verifier?.getShowSasCallbacks() ?? null;
  }

  get #reciprocation(): ShowQrCodeCallbacks | null {
    return this.request.verifier?.getReciprocateQrCodeCallbacks() ?? null;
  }

  #requireSas(): ShowSasCallbacks {
    const sas = this.#sas;
    if (sas === null || this.#answered || this.#checked !== 'fine') {
      throw new HoldfastError('not_allowed', 'There are no emoji to compare');
    }
    return sas;
  }

  async #stop(end: VerificationEnd): Promise<void> {
    if (this.#over) return;
    this.#end = end;
    const told = this.request.cancel();
    this.#update();
    await told;
  }

  #update(): void {
    if (this.#over || phaseOf(this.request) === null) return;
    const state = this.#state();
    this.#following.told(state);
    const started = phaseOf(this.request) === VerificationPhase.Started;
    this.#patience.tell(started && state.step === 'starting');
    if (state.step === 'done' || state.step === 'cancelled') this.leave();
    else this.#goOn();
  }

  #state(): VerificationState {
    const { request } = this;
    const other = this.#following.otherSide();
    if (this.#end !== null) return { step: 'cancelled', with: other, reason: this.#end };
    switch (phaseOf(request)) {
      case VerificationPhase.Done:
        return { step: 'done', with: other };
      case VerificationPhase.Cancelled: {
        const reason = verificationEnd(request.cancellationCode, this.#accepted);
        return { step: 'cancelled', with: other, reason };
      }
      case VerificationPhase.Ready:
        return this.#ready(other);
      case VerificationPhase.Started:
        return this.#started(other);
      default:
        return request.initiatedByMe || request.accepting
          ? { step: 'waiting', with: other }
          : { step: 'incoming', with: other };
    }
  }

  #ready(other: OtherSide): VerificationState {
    this.#accepted = true;
    // Where our own code was drawn before, the SDK goes on to look at that one.
    if (this.#scanned) return { step: 'reciprocated', with: other };
    const { request } = this;
    const scans = request.otherPartySupportsMethod(VerificationMethod.ScanQrCode);
    const waits = this.#starting || this.#checked !== 'fine' || this.#code === 'asked';
    if (waits || (scans && this.#code === 'unasked')) return { step: 'starting', with: other };
    const code = this.#code === 'unasked' || this.#code === 'asked' ? null : this.#code;
    const canScan = request.otherPartySupportsMethod(VerificationMethod.ShowQrCode);
    return { step: 'ready', with: other, code, canScan };
  }

  #started(other: OtherSide): VerificationState {
    this.#accepted = true;
    if (this.#answered) return { step: 'confirming', with: other };
    if (this.#scanned) return { step: 'reciprocated', with: other };
    const emoji = this.#checked === 'fine' ? this.#sas?.sas.emoji : undefined;
    if (emoji !== undefined) {
      return { step: 'emoji', with: other, emoji: emoji.map(([, name]) => emojiOf(name)) };
    }
    if (this.#reciprocation !== null) return { step: 'scanned', with: other };
    return { step: 'starting', with: other };
  }

  /** Does what needs no person. */
  #goOn(): void {
    const phase = phaseOf(this.request);
    const agreed = phase === VerificationPhase.Ready || phase === VerificationPhase.Started;
    if (!agreed) return;
    if (this.#checked === 'unasked') this.#by(this.#check());
    if (phase === VerificationPhase.Started) {
      const verifier = this.request.verifier ?? null;
      if (verifier === null || verifier === this.#verifying) return;
      this.#verifying = verifier;
      // Its end shows as the request's.
      verifier.verify().catch(() => undefined);
      return;
    }
    if (this.#checked !== 'fine') return;
    if (this.request.otherPartySupportsMethod(VerificationMethod.ScanQrCode)) {
      if (this.#code === 'unasked') this.#by(this.#draw());
    } else if (this.request.otherPartySupportsMethod(VerificationMethod.ShowQrCode)) {
      // Their code can be scanned here: the person chooses.
    } else if (this.request.initiatedByMe && !this.#starting) {
      // Emoji are all that is left: nobody needs to choose them.
      this.#by(this.#start());
    }
  }

  async #check(): Promise<void> {
    this.#checked = 'asked';
    if (await this.#following.hasImpostor()) {
      await this.#stop('key_mismatch');
      return;
    }
    this.#checked = 'fine';
    this.#changed.request();
  }

  async #draw(): Promise<void> {
    this.#code = 'asked';
    const bytes = await this.request.generateQRCode().catch(() => undefined);
    this.#code = bytes === undefined ? null : qrModules(bytes);
    this.#changed.request();
  }

  async #start(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    try {
      await this.request.startVerification(VerificationMethod.Sas);
    } finally {
      this.#starting = false;
      this.#changed.request();
    }
  }

  /** What fails of this ends the verification: there is nobody to try it again. */
  #by(doing: Promise<void>): void {
    doing.catch(() => this.#stop('failed')).catch(() => undefined);
  }
}
