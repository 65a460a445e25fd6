/** The two channels of Electron's IPC that exist: calls in, pushes out. */
export const channels = { invoke: 'holdfast:invoke', push: 'holdfast:push' } as const;
