/**
 * Keys that earlier sign-ins of the same person left on this computer, on their way to this one.
 * They are counted once for each sign-in that has them.
 */
export type CarryOverState =
  | { readonly step: 'none' }
  | { readonly step: 'running'; readonly done: number; readonly total: number }
  /**
   * Of some sign-ins, keys could not be taken over. They are tried again at the next start, or by
   * `carryOver.tryAgain`; the old stores stay as they are.
   */
  | { readonly step: 'interrupted'; readonly done: number; readonly total: number }
  | {
      readonly step: 'done';
      readonly total: number;
      /** Keys that could not be read. */
      readonly failed: number;
    };
