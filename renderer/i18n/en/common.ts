/** Words used everywhere, and the screens of the app itself. */
export const common = {
  appName: 'Holdfast',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  continue: 'Continue',
  retry: 'Try again',
  copied: 'Copied',
  done: 'done',
  loading: 'Loading',
  notices: 'Notices',
  overlays: 'Menus and explanations',
  showPassword: 'Show what is typed',
  hidePassword: 'Hide what is typed',
  language: 'Language',
  starting: 'Opening Holdfast',
  moments: {
    /** Of today and yesterday. */
    dayAt: (day: string, time: string) => `${day} at ${time}`,
    dateAt: (date: string, time: string) => `on ${date} at ${time}`,
  },
  connection: {
    connecting: 'Connecting',
    reconnecting: 'No connection. Reconnecting; messages you write are sent as soon as it is back.',
  },
};
