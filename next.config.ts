import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded from node_modules at run time: PGlite finds its WebAssembly beside its own file.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@electric-sql/pglite-socket",
    "pdfkit",
    "pg",
    "pino",
    "prom-client",
    "undici",
  ],
  outputFileTracingIncludes: {
    "/*": [
      "./prisma/migrations/**/*",
      "./lib/store/embedded-postgres-worker.mjs",
      "./node_modules/geist/dist/fonts/geist-sans/Geist-{Regular,SemiBold}.ttf",
      "./node_modules/@electric-sql/pglite/package.json",
      "./node_modules/@electric-sql/pglite/dist/*.{js,wasm,data}",
      "./node_modules/@electric-sql/pglite-socket/package.json",
      "./node_modules/@electric-sql/pglite-socket/dist/*.js",
    ],
  },
  // `npm run types` proves them before anything is merged; whoever builds what was merged needs no second proof, and waits for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
};

export default config;
