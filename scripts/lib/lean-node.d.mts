export const leanNodeArgs: readonly string[];
export const leanNodeEnv: Readonly<Record<string, string>>;
