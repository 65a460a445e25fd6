import type { Translation } from '../language';
import type { signIn as source } from '../en/sign-in';

export const signIn: Translation<typeof source> = {
  serverTitle: 'Willkommen bei Holdfast',
  serverLead:
    'Verschlüsselte Gespräche für Ihre Organisation, mit Schlüsseln, die nicht verloren gehen.',
  server: 'Server',
  serverHint:
    'Der Server Ihrer Organisation, zum Beispiel matrix.example.edu. Ihr Helpdesk kennt ihn.',
  serverPlaceholder: 'matrix.example.edu',
  serverMissing: 'Bitte geben Sie den Namen des Servers Ihrer Organisation ein.',
  find: 'Weiter',
  finding: 'Server wird gesucht',
  passwordTitle: 'Anmelden',
  passwordLead: (server) => `mit Ihrem Konto auf ${server}`,
  user: 'Benutzername',
  userHint: (server) => `Nur der Name oder vollständig: @name:${server}`,
  userMissing: 'Bitte geben Sie Ihren Benutzernamen ein.',
  password: 'Passwort',
  passwordMissing: 'Bitte geben Sie Ihr Passwort ein.',
  submit: 'Anmelden',
  otherServer: 'Anderen Server verwenden',
};
