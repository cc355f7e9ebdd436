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
  /** The address above names nothing: what answers is that there is no such thing. */
  readonly absent?: true;
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
  readonly make: "token" | "unlink" | "share-link" | "session" | "none";
  /** Roles for which the route is closed altogether answer 403 to every id; the others 404. */
  readonly closedTo?: readonly string[];
}

const ALL_BUT_ADMIN = ["support", "engineer", "manager", "vendor", "finance"];

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
        make: "none",
        closedTo: ALL_BUT_ADMIN,
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
  { file: "(console)/account/sessions/page.tsx", path: "/account/sessions", kind: "page", methods: ["GET"] },
  { file: "(console)/account/links/page.tsx", path: "/account/links", kind: "page", methods: ["GET"] },
  { file: "(console)/admin/audit/page.tsx", path: "/admin/audit", kind: "page", methods: ["GET"] },
  { file: "(console)/admin/policy/page.tsx", path: "/admin/policy", kind: "page", methods: ["GET"] },
  { file: "(console)/admin/sources/page.tsx", path: "/admin/sources", kind: "page", methods: ["GET"] },
  { file: "timeline/print/page.tsx", path: "/timeline/print?{question}", kind: "page", methods: ["GET"] },
  {
    file: "(console)/shared/[token]/page.tsx",
    path: "/shared/nothing",
    kind: "page",
    methods: ["GET"],
    absent: true,
    foreign: [{ method: "GET", path: "/api/v1/timeline?shared={id}", make: "none" }],
  },
  {
    file: "setup/[token]/page.tsx",
    path: "/setup/nothing",
    kind: "page",
    methods: ["GET"],
    absent: true,
    public: "for the holder of a one-time link",
    foreign: [{ method: "GET", path: "/setup/{id}", make: "none" }],
  },
  { file: "api/v1/audit/route.ts", path: "/api/v1/audit", kind: "api", methods: ["GET"] },
  { file: "api/v1/audit/who/route.ts", path: "/api/v1/audit/who", kind: "api", methods: ["POST"] },
  { file: "api/v1/policy/route.ts", path: "/api/v1/policy", kind: "api", methods: ["GET", "POST"] },
  { file: "api/v1/policy/check/route.ts", path: "/api/v1/policy/check", kind: "api", methods: ["POST"] },
  { file: "api/v1/policy/mine/route.ts", path: "/api/v1/policy/mine", kind: "api", methods: ["GET"] },
  { file: "api/v1/policy/preview/route.ts", path: "/api/v1/policy/preview", kind: "api", methods: ["POST"] },
  {
    file: "api/v1/policy/versions/[version]/route.ts",
    path: "/api/v1/policy/versions/999999",
    kind: "api",
    methods: ["GET"],
    absent: true,
    foreign: [{ method: "GET", path: "/api/v1/policy/versions/{id}", make: "none", closedTo: ALL_BUT_ADMIN }],
  },
  { file: "api/v1/sessions/route.ts", path: "/api/v1/sessions", kind: "api", methods: ["GET", "DELETE"] },
  {
    file: "api/v1/sessions/[sessionId]/route.ts",
    path: "/api/v1/sessions/00000000-0000-4000-8000-000000000000",
    kind: "api",
    methods: ["DELETE"],
    foreign: [{ method: "DELETE", path: "/api/v1/sessions/{id}", make: "session" }],
  },
  {
    file: "api/v1/setup/[token]/route.ts",
    path: "/api/v1/setup/nothing",
    kind: "api",
    methods: ["POST"],
    public: "for the holder of a one-time link",
    foreign: [
      {
        method: "POST",
        path: "/api/v1/setup/{id}",
        body: { password: "a long enough password", name: "Nobody", email: "nobody@security.example" },
        make: "none",
      },
    ],
  },
  { file: "api/v1/share-links/route.ts", path: "/api/v1/share-links", kind: "api", methods: ["GET", "POST"] },
  {
    file: "api/v1/share-links/[linkId]/route.ts",
    path: "/api/v1/share-links/00000000-0000-4000-8000-000000000000",
    kind: "api",
    methods: ["DELETE"],
    foreign: [{ method: "DELETE", path: "/api/v1/share-links/{id}", make: "share-link" }],
  },
  { file: "api/v1/sources/route.ts", path: "/api/v1/sources", kind: "api", methods: ["GET", "POST"] },
  { file: "api/v1/sources/test/route.ts", path: "/api/v1/sources/test", kind: "api", methods: ["POST"] },
  {
    file: "api/v1/sources/[sourceId]/route.ts",
    path: "/api/v1/sources/00000000-0000-4000-8000-000000000000",
    kind: "api",
    methods: ["PUT", "DELETE"],
    foreign: [{ method: "DELETE", path: "/api/v1/sources/{id}?version=1", make: "none", closedTo: ALL_BUT_ADMIN }],
  },
  { file: "api/v1/stand-ins/route.ts", path: "/api/v1/stand-ins", kind: "api", methods: ["POST"] },
  { file: "api/v1/timeline/export/route.ts", path: "/api/v1/timeline/export", kind: "api", methods: ["POST"] },
];
