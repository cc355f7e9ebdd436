/** What is said of one page or route. */

export interface Surface {
  /** Under `app/`. */
  readonly file: string;
  /** An address that answers; `{question}` is the estate's. */
  readonly path: string;
  readonly kind: "page" | "api";
  readonly methods: readonly ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[];
  /** The address above names nothing: what answers is that there is no such thing. */
  readonly absent?: true;
  /** For people in a browser: a token is refused. */
  readonly browserOnly?: true;
  /** Reviewed: strangers may open it, for this reason. */
  readonly public?: string;
  /** For each `[part]` of the file's name: how an id of somebody else is asked for. */
  readonly foreign?: readonly Foreign[];
}

export interface Foreign {
  readonly method: "GET" | "PUT" | "PATCH" | "DELETE" | "POST";
  /** `{id}` is replaced, in the body too. */
  readonly path: string;
  readonly body?: unknown;
  /** Whose the id is: made by the test as the named role. `none`: there is nothing that can be made. */
  readonly make:
    | "token"
    | "unlink"
    | "share-link"
    | "session"
    | "access-request"
    | "reveal"
    | "grant"
    | "person"
    | "source"
    | "key-rule"
    | "alert-hook"
    | "impact"
    | "episode"
    | "responder"
    | "none";
  /** Roles for which the route is closed altogether answer 403 to every id, the others 404. `some`: of either kind. */
  readonly closedTo?: readonly string[] | "some";
}
