import next from "@next/eslint-plugin-next";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const CLOCK = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Pure stages take `now` as an argument.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Pure stages take `now` as an argument.",
  },
];
const MADE_ELSEWHERE = [
  {
    selector: "TSAsExpression > TSTypeReference[typeName.name='Redacted']",
    message: "Only lib/redact makes Redacted values.",
  },
  {
    selector: "CallExpression[callee.object.name='Redacted'][callee.property.name='seal']",
    message: "Only lib/redact seals: give it the raw parts, and it says what the role reads of them.",
  },
];
const RAW_HTML = [
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Hostile log text must stay text." },
];

/** Ways past the doors: answers without cache headers, text as SQL, settings that end in the browser's bundle. */
const PAST_THE_DOORS = [
  {
    selector: "CallExpression[callee.object.name=/^(Next)?Response$/][callee.property.name='json']",
    message: "answerJson sets what keeps answers out of caches.",
  },
  {
    selector: "MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]",
    message: "Values go into SQL as parameters.",
  },
  {
    selector: "Identifier[name=/^NEXT_PUBLIC_/], Literal[value=/^NEXT_PUBLIC_/]",
    message: "Such variables are copied into the browser's bundle.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "**/.next/**",
      "dist/**",
      "prisma/generated/**",
      "next-env.d.ts",
      "node_modules/**",
      "playwright-report/**",
      "test-results/**",
    ],
  },
  ...tseslint.configs.strict,
  hooks.configs.flat["recommended-latest"] ?? hooks.configs.flat.recommended,
  next.configs["core-web-vitals"],
  {
    rules: {
      "max-lines": ["error", { max: 300 }],
      "no-console": "error",
      "no-restricted-syntax": ["error", ...MADE_ELSEWHERE, ...RAW_HTML, ...PAST_THE_DOORS],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // Configuration reaches the code as an argument; the environment is read once, in lib/platform/env.ts.
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "lib/**/*.ts"],
    ignores: ["lib/platform/env.ts", "**/*.test.ts", "lib/commands/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read lib/platform/env.ts." },
      ],
    },
  },
  {
    // Next caches the server's global fetch and joins equal calls of different people; ours has a guard and a budget.
    files: ["app/**/*.{ts,tsx}", "lib/**/*.ts", "*.ts"],
    ignores: ["lib/{client,commands,platform}/**", "**/*.test.ts", "**/testing/**"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Ask through lib/platform." }] },
  },
  {
    files: ["lib/{domain,contract,plan,normalize,stitch,redact,noise,jobs}/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...CLOCK, ...MADE_ELSEWHERE, ...RAW_HTML, ...PAST_THE_DOORS],
      "no-restricted-globals": ["error", "fetch", "process", "setTimeout", "setInterval"],
    },
  },
  {
    files: ["lib/redact/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...CLOCK, ...RAW_HTML, ...PAST_THE_DOORS] },
  },
  {
    files: ["scripts/**", "demo/**", "bench/**", "lib/commands/**", "e2e/**", "**/*.test.{ts,tsx}"],
    rules: { "no-console": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    // A test plays the server too.
    files: ["components/**/*.test.tsx"],
    rules: { "no-restricted-syntax": ["error", ...MADE_ELSEWHERE, ...RAW_HTML] },
  },
);
