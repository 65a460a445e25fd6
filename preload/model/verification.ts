/** Verifying another device, or another person, by comparing emoji or by a QR code. */
import type { SasEmojiName } from '../rules/sas-emoji';
import type { DeviceId, UserId } from './ids';

/** Who or what is verified. A request to all own devices has no device until one answers. */
export type OtherSide =
  | {
      readonly kind: 'own_device';
      readonly deviceId: DeviceId | null;
      readonly name: string | null;
    }
  | { readonly kind: 'person'; readonly userId: UserId; readonly name: string };

/** Why a verification ended without success. */
export type VerificationEnd =
  | 'mismatch'
  | 'timeout'
  | 'declined'
  | 'cancelled'
  | 'accepted_elsewhere'
  | 'key_mismatch'
  | 'failed';

export interface SasEmoji {
  readonly symbol: string;
  readonly name: SasEmojiName;
}

/** Rows of a square, '1' where a module is dark; the quiet zone is included. */
export type QrModules = readonly string[];

export type VerificationState =
  | { readonly step: 'none' }
  /** The other side asks; waits for the person. */
  | { readonly step: 'incoming'; readonly with: OtherSide }
  /** We asked; waits for the other side. */
  | { readonly step: 'waiting'; readonly with: OtherSide }
  /** Both agreed; `code` is ours, where the other side can scan it. */
  | {
      readonly step: 'ready';
      readonly with: OtherSide;
      readonly code: QrModules | null;
      /** The other side shows a code that can be scanned here. */
      readonly canScan: boolean;
    }
  /** A way was chosen; both sides exchange keys. */
  | { readonly step: 'starting'; readonly with: OtherSide }
  | { readonly step: 'emoji'; readonly with: OtherSide; readonly emoji: readonly SasEmoji[] }
  /** The other side scanned our code. */
  | { readonly step: 'scanned'; readonly with: OtherSide }
  /** We scanned the other side's code; waits until somebody confirms that there. */
  | { readonly step: 'reciprocated'; readonly with: OtherSide }
  /** The person answered; waits for the other side. */
  | { readonly step: 'confirming'; readonly with: OtherSide }
  | { readonly step: 'done'; readonly with: OtherSide }
  | { readonly step: 'cancelled'; readonly with: OtherSide; readonly reason: VerificationEnd };
