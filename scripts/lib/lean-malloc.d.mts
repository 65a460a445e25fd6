export const leanMalloc: Readonly<Record<string, string>>;
