/** One allowance of decoded bytes, shared by requests that run side by side. */

export interface ByteBudget {
  /** Sets a part of what is left aside for one request; `settle` gives back what the answer did not need. */
  reserve(share: number): { readonly maxBytes: number; readonly settle: (usedBytes: number) => void };
}

export function createByteBudget(totalBytes: number): ByteBudget {
  let left = totalBytes;
  return {
    reserve(share) {
      const maxBytes = Math.floor(left * share);
      left -= maxBytes;
      return { maxBytes, settle: (usedBytes) => void (left += Math.max(0, maxBytes - usedBytes)) };
    },
  };
}
