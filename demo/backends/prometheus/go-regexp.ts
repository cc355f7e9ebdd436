/** Fully anchored RE2 matchers, with Go's wording for a bad pattern. */
import { RE2JS, RE2JSSyntaxException } from "re2js";

/** In Prometheus 3 `.` matches a newline, and a matcher covers the whole value. Throws `RegexpError`. */
export function compileAnchored(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
    return (text) => compiled.matches(text);
  } catch (error) {
    // The flag stands in the message as `(?s)`, which the user never wrote.
    if (error instanceof RE2JSSyntaxException)
      throw new RegexpError(error.message.replace("`(?s)", "`"), { cause: error });
    throw error;
  }
}

export class RegexpError extends Error {}
