/** Joins what `demo/throughline.yaml` says about the shop with the addresses that are known only at run time. */
import { parse, stringify } from "yaml";
import { z } from "zod";
import { Configuration } from "@/lib/domain/configuration";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { MONTH_SERVICES } from "../months/estate";
import type { DemoHook } from "./demo-hooks";

export type DemoSource = z.input<typeof SourceSettings>;

const Shop = z.looseObject({ services: z.array(z.unknown()) });

/** The text of a complete throughline.yaml. Throws when the result is not a valid configuration. */
export function configurationFile(
  shopYaml: string,
  sources: readonly DemoSource[],
  webhooks: readonly DemoHook[] = [],
): string {
  const shop = Shop.parse(parse(shopYaml));
  const around = MONTH_SERVICES.filter(({ extra }) => extra).map(({ name, displayName, team }) => {
    return { name, displayName, owner: team };
  });
  const complete = { sources, webhooks, ...shop, services: [...shop.services, ...around] };
  Configuration.parse(complete);
  return `# Written by npm run demo at every start.\n${stringify(complete)}`;
}
