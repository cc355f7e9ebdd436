/** Waits until the stream has ended: the evidence bar then says whether what is shown is everything. */
import { expect, type Page } from "@playwright/test";

export async function waitForAnswer(page: Page): Promise<void> {
  const evidence = page.getByRole("region", { name: "Evidence", exact: true });
  await expect(evidence.getByRole("status")).toHaveText(/Complete|Not complete/);
}
