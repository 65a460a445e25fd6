/** Whether it is time to see that the recovery key is still at hand. */
export interface Drill {
  readonly due: boolean;
  /** When the key last proved right in a check, in milliseconds since 1970; null for never. */
  readonly checkedAt: number | null;
  /** True where there is a key to check. */
  readonly possible: boolean;
}
