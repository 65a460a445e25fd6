/** How the person can show the server that it is them. */
export type AuthWay = 'password' | 'browser';

/** Whether the homeserver asks, before something far-reaching, who is there. Never holds a secret. */
export type InteractiveAuthState =
  | { readonly step: 'none' }
  | {
      readonly step: 'asking';
      /** At least one of them will do. */
      readonly ways: readonly AuthWay[];
      /** The password just entered was not accepted. */
      readonly refused: boolean;
      /** The page was opened: the engine asks by itself whether it was confirmed there. */
      readonly opened: boolean;
      /** A password is being checked. */
      readonly checking: boolean;
    };
