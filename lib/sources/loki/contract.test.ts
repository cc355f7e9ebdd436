import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { EventSource } from "../source";
import { describeSourceContract } from "../testing/source-contract";
import { createLokiSource } from "./adapter";
import exchanges from "./fixtures/exchanges.json";

const window = { fromNs: epochNsFromMs(1_795_442_400_000), toNs: epochNsFromMs(1_795_453_200_000) };
const byOrder = { kind: "by-key", key: { kind: "order", value: "48192" }, window } as const;
const byTrace = { kind: "trace", traceId: "a204d36965ffbb43f2ce9cb6c52595c5", window } as const;

function create(baseUrl: string): EventSource {
  const settings = SourceSettings.parse({ kind: "loki", url: baseUrl });
  const http = createSourceHttp({ sourceId: "loki/main", baseUrl, allowPrivateAddress: true });
  return createLokiSource(settings, { http, keyRules: builtInKeyRules(), now: Date.now });
}

const many = JSON.stringify({
  status: "success",
  data: {
    resultType: "streams",
    result: [
      {
        stream: { service_name: "order-service" },
        values: Array.from({ length: 60 }, (_, i) => [
          String(1_795_446_000_000_000_000n + BigInt(i)),
          `order 48192 step ${i}`,
        ]),
      },
    ],
  },
});

describeSourceContract("loki", {
  create,
  okBody: ({ path }) =>
    path.endsWith("/labels") ? exchanges["labels.window"].body : exchanges["form.line-contains.cat"].body,
  requests: [byOrder, byTrace],
  rowCap: { request: byOrder, okBody: many, maxRows: 7 },
});
