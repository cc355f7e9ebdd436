/** `/review`: the last month that is over, which is the one to talk about. */
import { redirect } from "next/navigation";
import { lastFullMonth } from "@/lib/client/last-full-month";

export const dynamic = "force-dynamic";

export default function Page() {
  redirect(`/review/${lastFullMonth(new Date())}`);
}
