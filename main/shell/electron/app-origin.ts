/** Where the app's pages live in Electron. */
export const appScheme = 'holdfast';
export const appOrigin = 'holdfast://app';
