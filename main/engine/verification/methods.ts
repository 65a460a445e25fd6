import { VerificationMethod } from 'matrix-js-sdk/lib/types.js';

/** What this app can do: it compares emoji, shows codes, and reads them from pictures. */
export const verificationMethods: string[] = [
  VerificationMethod.Sas,
  VerificationMethod.ShowQrCode,
  VerificationMethod.ScanQrCode,
  VerificationMethod.Reciprocate,
];
