/** How much is too much, by what is done. Far above what a person or a sensible script does. */

export interface RateLimit {
  /** At once. */
  readonly burst: number;
  /** After that, one more each so many seconds. */
  readonly everySeconds: number;
}

export const RATE_LIMITS = {
  /** Per address of the account, existing or not. Beside this five wrong passwords in a row lock an account. */
  "sign-in-account": { burst: 20, everySeconds: 30 },
  /** Per network address. A success gives its try back, so an office behind one address is not shut out at nine. */
  "sign-in-address": { burst: 50, everySeconds: 30 },
  /** Per network address, wrong ones only. */
  "bad-token": { burst: 100, everySeconds: 5 },
  /** Per network address: log lines about wrong secrets and unknown hooks. Nobody is held up by it. */
  "bad-webhook": { burst: 60, everySeconds: 10 },
  /** Per person, with all their tokens. */
  question: { burst: 600, everySeconds: 0.2 },
  export: { burst: 60, everySeconds: 30 },
  /** Per person: connecting, changing and removing sources. */
  source: { burst: 30, everySeconds: 20 },
  reveal: { burst: 20, everySeconds: 300 },
  /** Per network address, looking and judging together. A link that opens gives its try back. */
  "judge-link": { burst: 100, everySeconds: 5 },
  /** Per person who opens one. */
  "share-link": { burst: 120, everySeconds: 5 },
} as const satisfies Record<string, RateLimit>;

export type LimitName = keyof typeof RATE_LIMITS;
