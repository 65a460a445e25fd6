/** Reads for which platform a native binary was built, from its first bytes. */

export interface NativeBinary {
  readonly format: 'ELF' | 'PE' | 'Mach-O';
  readonly arch: 'x64' | 'arm64' | 'other';
}

const ELF_MACHINE: Partial<Record<number, NativeBinary['arch']>> = { 62: 'x64', 183: 'arm64' };
const PE_MACHINE: Partial<Record<number, NativeBinary['arch']>> = {
  0x8664: 'x64',
  0xaa64: 'arm64',
};
const MACH_O_CPU: Partial<Record<number, NativeBinary['arch']>> = {
  0x01000007: 'x64',
  0x0100000c: 'arm64',
};

/** @throws when the bytes are none of the three formats */
export function readNativeBinary(bytes: Buffer): NativeBinary {
  if (bytes.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1'))) {
    return { format: 'ELF', arch: ELF_MACHINE[bytes.readUInt16LE(18)] ?? 'other' };
  }
  if (bytes.subarray(0, 2).toString('latin1') === 'MZ') {
    const header = bytes.readUInt32LE(0x3c);
    return { format: 'PE', arch: PE_MACHINE[bytes.readUInt16LE(header + 4)] ?? 'other' };
  }
  if (bytes.readUInt32LE(0) === 0xfeedfacf) {
    return { format: 'Mach-O', arch: MACH_O_CPU[bytes.readUInt32LE(4)] ?? 'other' };
  }
  throw new Error('neither ELF nor PE nor Mach-O');
}
