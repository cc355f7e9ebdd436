/** Joins what `demo/throughline.yaml` says about the shop with the addresses that are known only at run time. */
import { parse, stringify } from "yaml";
import { z } from "zod";
import { Configuration } from "@/lib/domain/configuration";
import type { SourceSettings } from "@/lib/domain/source-settings";

export type DemoSource = z.input<typeof SourceSettings>;

const Shop = z.record(z.string(), z.unknown());

/** The text of a complete throughline.yaml. Throws when the result is not a valid configuration. */
export function configurationFile(shopYaml: string, sources: readonly DemoSource[]): string {
  const complete = { sources, ...Shop.parse(parse(shopYaml)) };
  Configuration.parse(complete);
  return `# Written by npm run demo at every start.\n${stringify(complete)}`;
}
