import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { EventSource } from "../source";
import { describeSourceContract } from "../testing/source-contract";
import { createTempoSource } from "./adapter";
import exchanges from "./fixtures/exchanges.json";

const window = { fromNs: epochNsFromMs(1_795_442_400_000), toNs: epochNsFromMs(1_795_453_200_000) };
const byOrder = { kind: "by-key", key: { kind: "order", value: "48192" }, window } as const;
const byTrace = { kind: "trace", traceId: "a204d36965ffbb43f2ce9cb6c52595c5", window } as const;

function create(baseUrl: string): EventSource {
  const settings = SourceSettings.parse({ kind: "tempo", url: baseUrl });
  const http = createSourceHttp({ sourceId: "tempo/main", baseUrl, allowPrivateAddress: true });
  return createTempoSource(settings, { http, keyRules: builtInKeyRules(), now: Date.now });
}

describeSourceContract("tempo", {
  create,
  okBody: ({ path }) =>
    path === "/api/search" ? exchanges["search.order.string"].body : exchanges["v2.trace.a_customer"].body,
  requests: [byOrder, byTrace],
  rowCap: { request: byTrace, okBody: exchanges["v2.trace.a_customer"].body, maxRows: 3 },
  notFoundIsAnswer: true,
});
