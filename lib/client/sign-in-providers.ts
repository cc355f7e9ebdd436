/** The identity providers beside the password form, as next-auth lists them. */
import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";

const Providers = z.record(z.string(), z.object({ id: z.string(), name: z.string(), type: z.string() }));

export const signInProvidersQuery = queryOptions({
  queryKey: ["sign-in-providers"],
  queryFn: async ({ signal }) => {
    const response = await fetch("/api/auth/providers", { signal });
    return Object.values(Providers.parse(await response.json())).filter((one) => one.type !== "credentials");
  },
});
