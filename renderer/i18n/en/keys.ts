/** Key backup, restoring, reminder and sign-out. */
export const keys = {};
