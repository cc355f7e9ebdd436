/**
 * Every page and route of the product: who may open it without signing in, how to ask it, and how to name what is not
 * one's own. A new file under `app/` without an entry here fails the tests.
 */

export interface Surface {
  /** Under `app/`. */
  readonly file: string;
  /** An address that answers; `{question}` is the estate's. */
  readonly path: string;
  readonly kind: "page" | "api";
  readonly methods: readonly ("GET" | "POST" | "PUT" | "DELETE")[];
  /** Reviewed: strangers may open it, for this reason. */
  readonly public?: string;
  /** For each `[part]` of the file's name: how an id of somebody else is asked for. */
  readonly foreign?: readonly Foreign[];
}

export interface Foreign {
  readonly method: "GET" | "PUT" | "DELETE" | "POST";
  /** `{id}` is replaced. */
  readonly path: string;
  readonly body?: unknown;
  /** Whose the id is: made by the test as the named role. `none`: there is nothing that can be made. */
  readonly make: "token" | "unlink" | "key-rule" | "none";
  /** Roles for which the route is closed altogether answer 403 to every id; the others 404. */
  readonly closedTo?: readonly string[];
}

export const SURFACES: readonly Surface[] = [
  { file: "(console)/page.tsx", path: "/", kind: "page", methods: ["GET"] },
  { file: "(console)/timeline/page.tsx", path: "/timeline?{question}", kind: "page", methods: ["GET"] },
  { file: "(console)/account/tokens/page.tsx", path: "/account/tokens", kind: "page", methods: ["GET"] },
  { file: "(console)/admin/keys/page.tsx", path: "/admin/keys", kind: "page", methods: ["GET"] },
  { file: "sign-in/page.tsx", path: "/sign-in", kind: "page", methods: ["GET"], public: "the way in" },
  {
    file: "api/livez/route.ts",
    path: "/api/livez",
    kind: "api",
    methods: ["GET"],
    public: "says that the process lives",
  },
  {
    file: "api/readyz/route.ts",
    path: "/api/readyz",
    kind: "api",
    methods: ["GET"],
    public: "names of checks and booleans",
  },
  {
    file: "api/metrics/route.ts",
    path: "/api/metrics",
    kind: "api",
    methods: ["GET"],
    public: "counts by source and outcome",
  },
  {
    file: "api/auth/[...nextauth]/route.ts",
    path: "/api/auth/session",
    kind: "api",
    methods: ["GET", "POST"],
    public: "sign-in itself",
    foreign: [{ method: "GET", path: "/api/auth/{id}", make: "none" }],
  },
  {
    file: "api/v1/timeline/route.ts",
    path: "/api/v1/timeline?{question}",
    kind: "api",
    methods: ["GET"],
  },
  {
    file: "api/v1/timeline/comparison/route.ts",
    path: "/api/v1/timeline/comparison?{question}",
    kind: "api",
    methods: ["GET"],
  },
  { file: "api/v1/openapi.json/route.ts", path: "/api/v1/openapi.json", kind: "api", methods: ["GET"] },
  { file: "api/v1/session/role/route.ts", path: "/api/v1/session/role", kind: "api", methods: ["POST"] },
  { file: "api/v1/key-rules/route.ts", path: "/api/v1/key-rules", kind: "api", methods: ["GET", "POST"] },
  { file: "api/v1/key-rules/test/route.ts", path: "/api/v1/key-rules/test", kind: "api", methods: ["POST"] },
  {
    file: "api/v1/key-rules/[ruleId]/route.ts",
    path: "/api/v1/key-rules/00000000-0000-4000-8000-000000000000",
    kind: "api",
    methods: ["PUT", "DELETE"],
    foreign: [
      {
        method: "DELETE",
        path: "/api/v1/key-rules/{id}?version=1",
        make: "key-rule",
        closedTo: ["support", "engineer", "manager", "vendor", "finance"],
      },
    ],
  },
  { file: "api/v1/tokens/route.ts", path: "/api/v1/tokens", kind: "api", methods: ["GET", "POST"] },
  {
    file: "api/v1/tokens/[tokenId]/route.ts",
    path: "/api/v1/tokens/00000000-0000-4000-8000-000000000000",
    kind: "api",
    methods: ["DELETE"],
    foreign: [{ method: "DELETE", path: "/api/v1/tokens/{id}", make: "token" }],
  },
  { file: "api/v1/unlinks/route.ts", path: "/api/v1/unlinks", kind: "api", methods: ["POST"] },
  {
    file: "api/v1/unlinks/[unlinkId]/route.ts",
    path: "/api/v1/unlinks/00000000-0000-4000-8000-000000000000",
    kind: "api",
    methods: ["DELETE"],
    foreign: [
      {
        method: "DELETE",
        path: "/api/v1/unlinks/{id}",
        make: "unlink",
        closedTo: ["support", "manager", "vendor", "finance"],
      },
    ],
  },
];
