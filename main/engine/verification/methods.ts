import { VerificationMethod } from 'matrix-js-sdk/lib/types.js';

/** What this app can do: it compares emoji and shows codes; it has no camera to read one. */
export const verificationMethods: string[] = [
  VerificationMethod.Sas,
  VerificationMethod.ShowQrCode,
  VerificationMethod.Reciprocate,
];
