// Faults that change nothing anybody can see, each looked at by a person: file, the line as it stands, what was done.

export const EQUIVALENT = [];
