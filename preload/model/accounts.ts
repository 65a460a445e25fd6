/** An account that has a profile on this computer, as it may be shown before it is opened. */
export interface LocalAccount {
  /** Of its profile; says nothing of the person. */
  readonly id: string;
  /** What the person wants it to be called here; null: it goes by its number. */
  readonly name: string | null;
  /** From 1, in the order in which they came to this computer. */
  readonly number: number;
  readonly lastUsed: boolean;
}

/** All accounts with a profile here. */
export interface LocalAccounts {
  /** The one that is open; null while one is being chosen or added. */
  readonly open: string | null;
  readonly accounts: readonly LocalAccount[];
}
