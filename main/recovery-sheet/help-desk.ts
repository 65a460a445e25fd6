/** Where people of the institution get help; set by its policy. */
export interface HelpDesk {
  readonly name: string;
  /** Telephone, mail, room: one line each. */
  readonly contact: readonly string[];
}
