/** What a test and the process of the app under test say to each other. */

export type DialogKind = 'save' | 'open';

/** From the test. */
export type ToChild =
  | { readonly kind: 'answerDialog'; readonly dialog: DialogKind; readonly path: string | null }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly args: readonly unknown[];
    };

/** From the process. */
export type FromChild =
  | { readonly kind: 'dialogAsked'; readonly dialog: DialogKind; readonly question: unknown }
  | { readonly kind: 'event'; readonly name: string; readonly data: unknown }
  | { readonly kind: 'returned'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
