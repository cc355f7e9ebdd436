// Stands in for `server-only`, which throws outside a React server bundle, in tests and commands.
export {};
