/** Asks for a timeline as a file and hands it to the browser to save. */
import type { TimelineExport } from "@/lib/contract/timeline-export";
import { callForFile, jsonRequest } from "./call-api";

/** Throws `CallFailed`. */
export async function saveTimeline(wish: TimelineExport): Promise<void> {
  const { name, content } = await callForFile("/api/v1/timeline/export", jsonRequest("POST", wish));
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
