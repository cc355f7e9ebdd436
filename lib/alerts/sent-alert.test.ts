import { describe, expect, it } from "vitest";
import { sentAlert } from "./sent-alert";

const labels = { alertname: "Blip", service: "shop" };
const call = (...alerts: string[]) => Buffer.from(`{"alerts":[${alerts.join(",")}]}`);
const alert = (part: object) => JSON.stringify({ status: "firing", ...part });

describe("the alert as it was sent", () => {
  it("is the one of exactly these labels, in any order, and no other of its group", () => {
    const own = { labels: { service: "shop", alertname: "Blip" }, annotations: { summary: "own" } };
    const other = { labels: { ...labels, instance: "a" }, annotations: { summary: "other" } };
    const text = sentAlert(call(alert(other), "7", alert(own)), labels);
    expect(JSON.parse(text ?? "")).toEqual({ status: "firing", ...own });
  });

  it("is nothing when no alert has them, and when the call is none", () => {
    expect(sentAlert(call(alert({ labels: { alertname: "Blip" } })), labels)).toBeUndefined();
    expect(sentAlert(Buffer.from("{"), labels)).toBeUndefined();
    expect(sentAlert(Buffer.from('{"alerts":{}}'), labels)).toBeUndefined();
  });

  it("is nothing when it is nested too deeply to be written, and nothing breaks", () => {
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    const body = call(`{"status":"firing","labels":${JSON.stringify(labels)},"extra":${deep}}`);
    expect(sentAlert(body, labels)).toBeUndefined();
  });
});
