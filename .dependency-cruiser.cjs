/** The direction of imports (docs/architecture.md). Every rule is an error: a layer that is not enforced rots. */
const PURE = "^lib/(domain|contract|plan|normalize|stitch|redact|noise|jobs)/";
const PURE_PACKAGES = "node_modules/(zod|re2js)/|^(node:)?crypto$";
const TEST = "[.]test[.]tsx?$|/fixtures/|/testing/";
const SERVER =
  "^lib/(identity|sources|stream|timeline|reports|store|platform|config|alerts|incidents|catalog|access|commands)/";
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule("no-cycles", "A cycle has no reading order.", {}, { circular: true }),
    rule(
      "no-unresolved",
      "An import that does not resolve hides from every other rule.",
      {},
      { couldNotResolve: true },
    ),
    rule(
      "pure-stages-do-no-io",
      "Pure stages take data and return data.",
      { path: PURE, pathNot: TEST },
      { pathNot: [PURE, PURE_PACKAGES] },
    ),
    rule(
      "domain-knows-nobody",
      "Vocabulary only.",
      { path: "^lib/domain/", pathNot: TEST },
      { pathNot: ["^lib/domain/", "node_modules/zod/"] },
    ),
    rule(
      "adapters-are-peers",
      "Copy the shape, not the import.",
      { path: "^lib/sources/([^/]+)/", pathNot: TEST },
      { path: "^lib/sources/[^/]+/", pathNot: "^lib/sources/$1/" },
    ),
    rule(
      "unredacted-events-stay-inside",
      "Raw events never reach a route or a component.",
      { pathNot: "^(lib/(sources|stitch|timeline|reports|incidents|alerts)|bench)/" },
      { path: "^lib/(sources|stitch)/", pathNot: "^lib/sources/testing/" },
    ),
    rule(
      "routes-stay-thin",
      "Parse, identify, one use case, respond.",
      { path: "^app/", pathNot: TEST },
      {
        path: "^lib/",
        pathNot: "^lib/(identity|timeline|incidents|alerts|reports|catalog|access|contract|client|platform|stream)/",
      },
    ),
    rule(
      "browser-never-reaches-server",
      "Code that ships to a browser.",
      { path: "^(components|lib/client|lib/contract)/" },
      { path: SERVER, reachable: true },
    ),
    rule(
      "only-store-touches-the-database",
      "Repositories return domain types.",
      { pathNot: "^(lib/store|prisma|bench)/|[.]integration[.]test[.]ts$" },
      { path: ["^prisma/", "node_modules/@prisma/", "node_modules/pg/"] },
    ),
    rule(
      "platform-knows-nobody",
      "Nothing of ours.",
      { path: "^lib/platform/", pathNot: TEST },
      { path: "^(lib|app|components|demo)/", pathNot: "^lib/platform/" },
    ),
    rule(
      "product-does-not-know-the-demo",
      "Deleting demo/ must leave a complete product.",
      { path: "^(app|components|lib)/", pathNot: TEST },
      { path: "^(demo|bench|e2e)/" },
    ),
    rule(
      "demo-speaks-http",
      "The demo reaches the product as a stranger would.",
      { path: "^demo/" },
      { path: "^lib/", pathNot: "^lib/domain/" },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(prisma/generated|[.]next)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
